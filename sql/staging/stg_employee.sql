-- One row per employee and date from which the attributes hold, as last stated.
select
    import_id,
    sheet,
    line,
    natural_key,
    employee_id,
    employee_name,
    employee_email,
    effective_on,
    unit,
    position,
    job_family,
    grade,
    location,
    manager_id,
    manager_name,
    manager_email,
    employment_status,
    hired_on,
    left_on,
    gender,
    birth_on,
    base_pay_amount,
    attributes,
    person_key(employee_id, employee_email, employee_name, unit) as person_key
from raw.employee
qualify row_number() over (partition by natural_key order by import_id desc, line desc, sheet desc) = 1
