-- One row per employee and date from which a file states attributes, each carried on until a later file says otherwise.
with stated as (
    select
        coalesce(employee_id, 'name:' || coalesce(unit, '') || '/' || coalesce(employee_name, employee_email)) as person_id,
        *
    from stg_employee
)

select
    person_id as employee_id,
    effective_on,
    last_value(employee_name ignore nulls) over known as employee_name,
    last_value(employee_email ignore nulls) over known as email,
    trim(last_value(unit ignore nulls) over known) as unit_text,
    last_value(position ignore nulls) over known as position,
    last_value(job_family ignore nulls) over known as job_family,
    last_value(grade ignore nulls) over known as grade,
    last_value(location ignore nulls) over known as location,
    last_value(manager_id ignore nulls) over known as manager_id,
    last_value(manager_name ignore nulls) over known as manager_name,
    last_value(manager_email ignore nulls) over known as manager_email,
    last_value(employment_status ignore nulls) over known as employment_status,
    last_value(hired_on ignore nulls) over known as hired_on,
    last_value(left_on ignore nulls) over known as left_on,
    last_value(gender ignore nulls) over known as gender,
    last_value(birth_on ignore nulls) over known as birth_on,
    last_value(base_pay_amount ignore nulls) over known as base_pay_amount,
    last_value(attributes ignore nulls) over known as attributes,
    lag(true, 1, false) over (partition by person_id order by effective_on nulls first, import_id, line) as is_later,
    lead(effective_on) over (partition by person_id order by effective_on nulls first, import_id, line) as next_on,
    max(left_on) over (partition by person_id) as last_left_on,
    natural_key,
    import_id,
    sheet,
    line
from stated
window known as (partition by person_id order by effective_on nulls first, import_id, line)
