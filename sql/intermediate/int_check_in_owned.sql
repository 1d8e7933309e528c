-- One row per check-in up to as_of, its owner and cycle found, its goal not yet.
-- view: nearly all find their goal at once.
select
    check_in.natural_key,
    check_in.goal_id as given_goal_id,
    fold(check_in.goal_title) as folded_title,
    check_in.goal_title,
    coalesce(check_in.employee_id, person.employee_id) as employee_id,
    unit.unit_id,
    check_in.cycle as stated_cycle_id,
    coalesce(check_in.cycle, dated.cycle_id) as cycle_id,
    check_in.checked_on,
    check_in.value,
    check_in.progress,
    check_in.status as owner_status,
    check_in.confidence,
    check_in.is_done,
    check_in.late_days,
    check_in.note,
    check_in.import_id,
    check_in.sheet,
    check_in.line
from stg_check_in as check_in
cross join dim_setting as setting
left join int_person_ref as person
    on person.person_key = check_in.person_key
left join int_unit_ref as unit
    on unit.unit_text = trim(check_in.unit)
left join int_cycle_of_date as dated
    on dated.on_date = case when check_in.cycle is null then check_in.checked_on end
    and not dated.is_after
where check_in.checked_on <= setting.as_of
    or check_in.checked_on is null
