-- One row per bonus, merit increase or promotion, as last stated.
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
    incentive_kind,
    amount,
    base_share,
    awarded_on,
    to_grade,
    note,
    person_key(employee_id, employee_email, employee_name, unit) as person_key
from raw.incentive
where is_in_scope('incentive', natural_key)
    and is_last_stated('incentive', rowid)
