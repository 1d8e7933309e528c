-- One row per goal of the person, the newest cycle first, with how far it had come at each check-in.
with progress as (
    select
        goal.goal_no,
        string_agg(round(check_in_attainment(
            goal.direction, goal.baseline, goal.target, goal.target_lower, goal.target_upper, check_in.value, check_in.progress
        ), 4)::varchar, ' ' order by check_in.checked_on, check_in.natural_key) as attainment_trend
    from fct_goal as goal
    inner join fct_check_in as check_in on check_in.goal_no = goal.goal_no
    where
        goal.employee_id = $employee_id
        and goal.owner_kind = 'employee'
    group by goal.goal_no
)
select
    goal.cycle_id,
    goal.title,
    progress.attainment_trend,
    goal.weight_share,
    goal.baseline,
    goal.target,
    goal.actual,
    goal.unit_of_measure,
    goal.actual_source,
    goal.attainment,
    goal.status,
    goal.check_in_count,
    goal.due_on,
    goal.natural_key
from fct_goal as goal
left join dim_cycle as cycle on cycle.cycle_id = goal.cycle_id
left join progress on progress.goal_no = goal.goal_no
where
    goal.employee_id = $employee_id
    and goal.owner_kind = 'employee'
order by
    cycle.starts_on desc nulls last,
    goal.weight_share desc nulls last,
    goal.title
