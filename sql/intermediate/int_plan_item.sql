-- One row per plan item with its goal.
-- view: read once.
select
    item.* exclude (given_goal_id, folded_title, stated_cycle_id, employee_id, unit_id, cycle_id),
    goal.goal_no,
    item.given_goal_id as goal_id,
    goal.cycle_id,
    coalesce(item.employee_id, goal.employee_id) as employee_id,
    coalesce(item.unit_id, goal.unit_id) as unit_id
from int_plan_item_owned as item
join int_goal_by_id as goal
    on goal.goal_id_hash = hash(item.given_goal_id)
    and goal.goal_count = 1
where means_goal(
    item.given_goal_id, item.employee_id, item.stated_cycle_id,
    goal.given_goal_id, goal.employee_id, goal.cycle_id
)
union all by name
select
    item.* exclude (given_goal_id, folded_title, stated_cycle_id, employee_id, unit_id, cycle_id, mention_key),
    hash(ref.natural_key) as goal_no,
    ref.goal_id,
    coalesce(ref.goal_cycle_id, item.cycle_id) as cycle_id,
    coalesce(item.employee_id, ref.goal_employee_id) as employee_id,
    coalesce(item.unit_id, ref.goal_unit_id) as unit_id
from int_plan_item_unmet as item
left join int_goal_ref as ref
    on ref.mention_key = item.mention_key
