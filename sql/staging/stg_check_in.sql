-- One row per progress report on a goal, as last stated.
select
    import_id,
    sheet,
    line,
    natural_key,
    cycle,
    goal_id,
    goal_title,
    employee_id,
    employee_name,
    employee_email,
    unit,
    checked_on,
    value,
    progress,
    status,
    confidence,
    is_done,
    late_days,
    note,
    person_key(employee_id, employee_email, employee_name, unit) as person_key
from raw.check_in
where is_in_scope('check_in', natural_key)
    and is_last_stated('check_in', rowid)
