-- One row per plan item: one for each goal of four employees in five.
insert into raw.plan_item by name
select
    1 as import_id,
    'plan' as sheet,
    row_number() over () as line,
    goal.goal_id || '|plan' as natural_key,
    goal.cycle,
    goal.goal_id || '-1' as plan_item_id,
    goal.goal_id,
    goal.employee_id,
    'First half of ' || goal.title as title,
    goal.starts_on + 10 as starts_on,
    goal.starts_on + 90 as due_on,
    goal.starts_on + 80 + (hash(goal.goal_id, 'done') % 20)::integer as done_on
from raw.goal as goal
where
    goal.employee_id is not null
    and hash(goal.employee_id, goal.cycle, 'planned') % 5 != 0
