-- error: dim_employee is one row per employee and validity
select employee_id,
    valid_from
from dim_employee
group by all
having count(*) > 1
