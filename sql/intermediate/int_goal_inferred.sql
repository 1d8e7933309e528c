-- One row per goal that only check-ins name.
select
    check_in.goal_no,
    check_in.goal_id as natural_key,
    check_in.goal_id,
    cycle.cycle_id,
    min(check_in.employee_id) as employee_id,
    min(check_in.employee_id) is null as is_unit_goal,
    min(check_in.unit_id) as unit_id,
    min(check_in.goal_title) as title,
    any_value(cycle.check_in_days) as check_in_days,
    any_value(cycle.starts_on) as starts_on,
    any_value(cycle.ends_on) as due_on,
    true as is_inferred,
    min_by(check_in.import_id, row(check_in.checked_on, check_in.natural_key)) as import_id,
    min_by(check_in.sheet, row(check_in.checked_on, check_in.natural_key)) as sheet,
    min_by(check_in.line, row(check_in.checked_on, check_in.natural_key)) as line
from int_check_in_named as check_in
join dim_cycle as cycle
    using (cycle_id)
where check_in.inferred_key is not null
group by check_in.goal_no, check_in.goal_id, cycle.cycle_id
