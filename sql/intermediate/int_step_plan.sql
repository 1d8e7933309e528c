-- One row per employee and cycle with dated plan items: the day by which every planned goal had its first item under way.
-- That is the best date files give for when the plan was made; unknown where no item says when it starts.
select
    goal.employee_id,
    goal.cycle_id,
    max(plan.planned_on) as planned_on,
    arg_max(plan.first_item_key, day_order(plan.planned_on, plan.first_item_key)) as plan_key
from int_goal_plan as plan
join fct_goal as goal
    on goal.goal_no = plan.goal_no
where goal.owner_kind = 'employee'
    and goal.employee_id is not null
    and plan.has_dated_plan
    and not goal.is_cancelled
group by goal.employee_id, goal.cycle_id
