-- One row per plan item that does not find its goal by an id that is one goal's alone.
select
    item.*,
    goal_mention_key(
        item.given_goal_id, item.folded_title, item.employee_id,
        item.unit_id, item.stated_cycle_id, item.cycle_id
    ) as mention_key
from int_plan_item_owned as item
left join int_goal_by_id as goal
    on goal.goal_id_hash = hash(item.given_goal_id)
    and goal.goal_count = 1
where not coalesce(means_goal(
    item.given_goal_id, item.employee_id, item.stated_cycle_id,
    goal.given_goal_id, goal.employee_id, goal.cycle_id
), false)
