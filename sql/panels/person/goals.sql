-- One row per goal of the person, the newest cycle first.
select
    goal.cycle_id,
    goal.title,
    goal.weight_share,
    goal.baseline,
    goal.target,
    goal.actual,
    goal.unit_of_measure,
    goal.actual_source,
    goal.attainment,
    goal.status,
    goal.due_on,
    goal.natural_key
from fct_goal as goal
left join dim_cycle as cycle on cycle.cycle_id = goal.cycle_id
where
    goal.employee_id = $employee_id
    and goal.owner_kind = 'employee'
order by
    cycle.starts_on desc nulls last,
    goal.weight_share desc nulls last,
    goal.title
