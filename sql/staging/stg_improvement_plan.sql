-- One row per improvement plan or development action, as last stated.
select
    import_id,
    sheet,
    line,
    natural_key,
    cycle,
    plan_id,
    employee_id,
    employee_name,
    employee_email,
    unit,
    plan_kind,
    focus,
    starts_on,
    ends_on,
    outcome,
    outcome_on,
    status,
    person_key(employee_id, employee_email, employee_name, unit) as person_key
from raw.improvement_plan
where is_in_scope('improvement_plan', natural_key)
    and is_last_stated('improvement_plan', rowid)
