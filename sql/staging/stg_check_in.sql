-- One row per progress report on a goal, as last stated. There are many and nearly all are stated once: only the others are compared.
with repeated as (
    select natural_key
    from raw.check_in
    where is_in_scope('check_in', natural_key)
    group by natural_key
    having count(*) > 1
),

last_stated as (
    select natural_key, max(row(import_id, line, sheet)) as place
    from raw.check_in
    where natural_key in (select natural_key from repeated)
    group by natural_key
)

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
left join last_stated
    using (natural_key)
where is_in_scope('check_in', natural_key)
    and coalesce(last_stated.place = row(import_id, line, sheet), true)
