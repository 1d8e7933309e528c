-- One row per judgement of a person by one reviewer on one item or overall, as last stated.
select
    import_id,
    sheet,
    line,
    natural_key,
    cycle,
    appraisal_id,
    employee_id,
    employee_name,
    employee_email,
    unit,
    reviewer_role,
    reviewer_id,
    reviewer_name,
    item,
    part,
    weight,
    score,
    label,
    appraised_on,
    comment,
    person_key(employee_id, employee_email, employee_name, unit) as person_key
from raw.appraisal
where is_in_scope('appraisal', natural_key)
    and is_last_stated('appraisal', rowid)
