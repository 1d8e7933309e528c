-- error: every stated goal whose cycle is known is in fct_goal
select natural_key
from int_goal_stated
where is_cycle_in_scope(cycle_id)
    and goal_no not in (select goal_no from fct_goal)
