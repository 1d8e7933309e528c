-- One row per calibration decision, as last stated.
select
    import_id,
    sheet,
    line,
    natural_key,
    cycle,
    employee_id,
    employee_name,
    employee_email,
    unit,
    from_label,
    from_score,
    to_label,
    to_score,
    reason,
    calibrated_by,
    calibrated_on,
    person_key(employee_id, employee_email, employee_name, unit) as person_key
from raw.calibration
where is_in_scope('calibration', natural_key)
    and is_last_stated('calibration', rowid)
