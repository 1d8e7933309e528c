-- error: every stated goal whose cycle is known is in fct_goal
select natural_key
from int_goal_stated
where natural_key not in (select natural_key from fct_goal)
