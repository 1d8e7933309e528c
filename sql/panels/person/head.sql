-- One row: the person as of now.
select
    employee_name,
    employee_id,
    unit_path,
    position,
    job_family,
    grade,
    location,
    manager_name,
    employment_status,
    hired_on,
    left_on,
    is_provisional,
    natural_key
from dim_employee
where employee_id = $employee_id
order by
    is_current desc,
    valid_from desc nulls last
limit 1
