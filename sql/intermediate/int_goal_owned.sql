-- One row per goal that a goal file states, its owner, unit and cycle found.
-- view: nearly every column of millions of rows is read once.
select
    goal.* exclude (employee_id, person_key, cycle, starts_on, due_on, status),
    hash(goal.natural_key) as goal_no,
    cycle.cycle_id,
    cycle.check_in_days,
    coalesce(goal.employee_id, person.employee_id) as employee_id,
    goal.employee_id is null and goal.person_key is null as is_unit_goal,
    unit.unit_id,
    coalesce(goal.starts_on, cycle.starts_on) as starts_on,
    coalesce(goal.due_on, cycle.ends_on) as due_on,
    goal.starts_on as stated_starts_on,
    goal.status as owner_status
from stg_goal as goal
left join int_person_ref as person
    on person.person_key = goal.person_key
left join int_unit_ref as unit
    on unit.unit_text = trim(goal.unit)
left join int_cycle_of_date as dated
    on dated.on_date = case when goal.cycle is null then coalesce(goal.due_on, goal.starts_on) end
    and not dated.is_after
join dim_cycle as cycle
    on cycle.cycle_id = coalesce(goal.cycle, dated.cycle_id)
