-- One row per goal: stated by a goal file, or inferred from check-ins that name one no goal file has.
select stated.* exclude (given_goal_id), coalesce(name.unique_goal_id, stated.natural_key) as goal_id
from int_goal_stated as stated
left join int_unique_goal_id as name
    on name.unique_goal_id = stated.given_goal_id
where is_cycle_in_scope(stated.cycle_id)
union all by name
select
    check_in.goal_key as natural_key,
    check_in.goal_key as goal_id,
    cycle.cycle_id,
    min(check_in.employee_id) as employee_id,
    min(check_in.employee_id) is null as is_unit_goal,
    min(check_in.unit_id) as unit_id,
    min(check_in.goal_title) as title,
    any_value(cycle.starts_on) as starts_on,
    any_value(cycle.ends_on) as due_on,
    true as is_inferred,
    min_by(check_in.import_id, row(check_in.checked_on, check_in.natural_key)) as import_id,
    min_by(check_in.sheet, row(check_in.checked_on, check_in.natural_key)) as sheet,
    min_by(check_in.line, row(check_in.checked_on, check_in.natural_key)) as line
from int_check_in as check_in
join int_cycle as cycle
    using (cycle_id)
where check_in.is_goal_inferred
    and check_in.goal_key is not null
group by check_in.goal_key, cycle.cycle_id
