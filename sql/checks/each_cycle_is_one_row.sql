-- error: dim_cycle is one row per cycle
select cycle_id
from dim_cycle
group by all
having count(*) > 1
