-- One row per check-in up to as_of. goal_id is the goal's in fct_goal.
-- scope: natural_key of check_in
select
    goal_id,
    cycle_id,
    employee_id,
    unit_id,
    checked_on,
    value,
    progress,
    owner_status,
    confidence,
    is_done,
    late_days,
    note,
    natural_key,
    import_id,
    sheet,
    line
from int_check_in
