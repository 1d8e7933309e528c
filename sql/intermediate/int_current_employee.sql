-- One row per employee: where they stand now.
select
    employee_id,
    job_family,
    left_on,
    coalesce(employment_status = 'left', false) as has_left
from dim_employee
where is_current
qualify row_number() over (partition by employee_id order by valid_from desc nulls last) = 1
