-- One row per check-in up to as_of.
select
    coalesce(check_in.stated_goal_id, inferred.goal_id) as goal_id,
    check_in.cycle_id,
    check_in.employee_id,
    check_in.unit_id,
    check_in.checked_on,
    check_in.value,
    check_in.progress,
    check_in.owner_status,
    check_in.confidence,
    check_in.is_done,
    check_in.late_days,
    check_in.note,
    check_in.goal_key,
    check_in.natural_key,
    check_in.import_id,
    check_in.sheet,
    check_in.line
from int_check_in as check_in
left join int_goal as inferred
    on inferred.natural_key = check_in.goal_key
    and inferred.is_inferred
    and check_in.stated_goal_id is null
