-- error: an employee with a goal in a cycle that has begun is active in it
select
    goal.employee_id,
    goal.cycle_id
from fct_goal as goal
join dim_cycle as cycle
    on cycle.cycle_id = goal.cycle_id
    and cycle.starts_on <= (select as_of from dim_setting)
left join fct_employee_cycle as person
    on person.employee_id = goal.employee_id
    and person.cycle_id = goal.cycle_id
where goal.owner_kind = 'employee'
    and goal.employee_id is not null
    and person.employee_id is null
