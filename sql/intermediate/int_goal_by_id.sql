-- One row per goal id among those that rows in scope give: the goal that has it, if it is one goal's alone. A row that gives
-- it means that goal, unless it states another owner or cycle. goal_id_hash finds the goal fast, given_goal_id says whether it is the one.
select
    hash(given_goal_id) as goal_id_hash,
    any_value(given_goal_id) as given_goal_id,
    any_value(goal_no) as goal_no,
    any_value(cycle_id) as cycle_id,
    any_value(employee_id) as employee_id,
    any_value(unit_id) as unit_id,
    count(*) as goal_count
from int_goal_stated
where given_goal_id is not null
    and is_goal_id_in_scope(given_goal_id, 'int_goal_id_in_scope')
group by 1
