-- One row per goal that a goal file states: by what others mean it.
-- scope: natural_key of goal
select
    natural_key,
    goal_no,
    goal_id as given_goal_id,
    cycle_id,
    employee_id,
    unit_id,
    parent_goal_id,
    title,
    is_strategic
from int_goal_owned
