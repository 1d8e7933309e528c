-- error: fct_rating is one row per employee and cycle
select employee_id,
    cycle_id
from fct_rating
group by all
having count(*) > 1
