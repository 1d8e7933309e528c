-- error: fct_employee_cycle is one row per employee and cycle
select employee_id,
    cycle_id
from fct_employee_cycle
group by all
having count(*) > 1
