-- One row per goal that a goal file states, its owner, unit and cycle found.
-- scope: natural_key of goal
select
    goal.natural_key,
    goal.goal_id as given_goal_id,
    cycle.cycle_id,
    coalesce(goal.employee_id, person.employee_id) as employee_id,
    goal.employee_id is null and goal.person_key is null as is_unit_goal,
    unit.unit_id,
    goal.parent_goal_id,
    goal.title,
    fold(goal.title) as folded_title,
    goal.category,
    goal.metric,
    goal.unit_of_measure,
    goal.direction,
    goal.baseline,
    goal.target,
    goal.target_lower,
    goal.target_upper,
    goal.actual,
    goal.progress,
    goal.weight,
    goal.commitment,
    goal.is_strategic,
    goal.is_level,
    coalesce(goal.starts_on, cycle.starts_on) as starts_on,
    coalesce(goal.due_on, cycle.ends_on) as due_on,
    goal.starts_on as stated_starts_on,
    goal.status as owner_status,
    false as is_inferred,
    goal.import_id,
    goal.sheet,
    goal.line
from stg_goal as goal
left join int_person_ref as person
    on person.person_key = goal.person_key
left join int_unit_ref as unit
    on unit.unit_text = trim(goal.unit)
left join int_cycle_of_date as dated
    on dated.on_date = coalesce(goal.due_on, goal.starts_on)
    and not dated.is_after
    and goal.cycle is null
join int_cycle as cycle
    on cycle.cycle_id = coalesce(goal.cycle, dated.cycle_id)
