-- One row per employee whose date of birth is known: as last stated.
select
    employee_id,
    arg_max(birth_on, coalesce(valid_from, date '0001-01-01')) as birth_on
from dim_employee
where birth_on is not null
group by employee_id
