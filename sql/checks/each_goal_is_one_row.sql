-- error: fct_goal is one row per goal
select natural_key
from fct_goal
group by all
having count(*) > 1
