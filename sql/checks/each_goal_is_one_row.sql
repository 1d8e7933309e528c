-- error: fct_goal is one row per goal
select goal_no
from fct_goal
group by goal_no
having count(*) > 1
