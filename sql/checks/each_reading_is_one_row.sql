-- error: fct_reading is one row per reading
select natural_key
from fct_reading
group by all
having count(*) > 1
