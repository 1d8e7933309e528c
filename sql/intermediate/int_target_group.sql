-- One row per cycle, unit and employee, and one per cycle, unit and metric (employee_id null): on how many goals a sign of how targets are set
-- can be told, and how many show it. stretch is how much better than the last actual a target is, in parts of that actual, held within a
-- cap: a last actual near 0 would decide everything.
-- joins as written
with sign as (
    select
        goal.cycle_id,
        goal.unit_id,
        goal.employee_id,
        metric.metric_key,
        case goal.direction when 'increase' then goal.target <= before.actual when 'decrease' then goal.target >= before.actual end as is_soft,
        case
            when goal.direction in ('increase', 'decrease') and before.actual != 0
                then bounded(
                    case goal.direction when 'increase' then goal.target - before.actual else before.actual - goal.target end / abs(before.actual),
                    -setting.stretch_cap_share, setting.stretch_cap_share
                )
        end as stretch,
        case
            when goal.direction in ('increase', 'decrease') and goal.due_on <= setting.as_of
                then goal.attainment_raw >= 1 and goal.attainment_raw <= setting.bunched_to
        end as is_bunched,
        case
            when goal.direction in ('increase', 'decrease') and goal.due_on <= setting.as_of
                then goal.attainment_raw < 1 and goal.attainment_raw >= round(2 - setting.bunched_to, 9)
        end as is_just_below,
        round(1 - cut.cut_attainment / goal.attainment_raw, 9) > setting.late_progress_from as is_late
    from fct_goal as goal
    cross join dim_setting as setting
    left join int_metric as metric
        on metric.metric = goal.metric
    left join int_cycle_history as history
        on history.cycle_id = goal.cycle_id
        and history.distance = 1
    left join int_metric_actual as before
        on before.actual_key = hash(goal.employee_id, metric.metric_key, history.earlier_cycle_id)
    left join int_goal_cut as cut
        on cut.goal_no = goal.goal_no
    where goal.owner_kind = 'employee'
        and goal.employee_id is not null
        and not goal.is_cancelled
        and goal.unit_id is not null
)

select
    cycle_id,
    unit_id,
    employee_id,
    metric_key,
    count(*) as goal_count,
    count(is_soft) as compared_count,
    count(*) filter (where is_soft) as soft_count,
    count(stretch) as stretch_count,
    count(distinct employee_id) filter (where stretch is not null) as stretch_person_count,
    sum(stretch) as stretch_sum,
    count(is_bunched) as ended_count,
    count(*) filter (where is_bunched) as bunched_count,
    count(*) filter (where is_just_below) as just_below_count,
    count(is_late) as dated_count,
    count(*) filter (where is_late) as late_count
from sign
group by grouping sets ((cycle_id, unit_id, employee_id), (cycle_id, unit_id, metric_key))
