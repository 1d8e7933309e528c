-- One row per goal id that a single goal has, among those that goals in scope or mentions of goals give.
select given_goal_id as unique_goal_id
from int_goal_stated
where given_goal_id in (
    select given_goal_id from int_goal_stated where is_cycle_in_scope(cycle_id)
    union all
    select given_goal_id from int_goal_mention
)
group by given_goal_id
having count(*) = 1
