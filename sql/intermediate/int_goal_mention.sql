-- One row per way in which a check-in or plan item means a goal that it does not find by an id of one goal alone.
select distinct mention_key, given_goal_id, folded_title, employee_id, unit_id, stated_cycle_id, cycle_id
from int_check_in_unmet
where given_goal_id is not null or folded_title is not null
union
select distinct mention_key, given_goal_id, folded_title, employee_id, unit_id, stated_cycle_id, cycle_id
from int_plan_item_unmet
where given_goal_id is not null or folded_title is not null
