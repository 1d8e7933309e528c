-- One row per KPI value of a person or unit at a date, as last stated.
select
    import_id,
    sheet,
    line,
    natural_key,
    metric,
    employee_id,
    employee_name,
    employee_email,
    unit,
    read_on,
    value,
    unit_of_measure,
    direction,
    person_key(employee_id, employee_email, employee_name, unit) as person_key
from raw.reading
where is_in_scope('reading', natural_key)
    and is_last_stated('reading', rowid)
