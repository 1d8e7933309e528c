-- One row per conversation or observation about a person's performance, as last stated.
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
    conversation_kind,
    held_on,
    held_by_id,
    held_by_name,
    strengths,
    improvements,
    response,
    is_acknowledged,
    acknowledged_on,
    person_key(employee_id, employee_email, employee_name, unit) as person_key
from raw.conversation
where is_in_scope('conversation', natural_key)
    and is_last_stated('conversation', rowid)
