-- One row per goal of an employee that is not cancelled: what it tells of how its target was set. Each flag is null where it can't be said.
-- stretch is how much better than the last actual the target is, in parts of that actual, held within a cap: a last actual near 0 would
-- decide everything.
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
    on cut.goal_id = goal.goal_id
where goal.owner_kind = 'employee'
    and not goal.is_cancelled
    and goal.unit_id is not null
