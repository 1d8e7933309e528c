-- error: dim_unit is one row per unit
select unit_id
from dim_unit
group by all
having count(*) > 1
