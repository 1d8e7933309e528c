-- One row per plan item: one for each goal of four employees in five. One in seven is due late in the cycle; of those, and of one in ten of the
-- others, none is done by November 2026.
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
    goal.starts_on + place.due_days as due_on,
    case when place.due_days = 150 and goal.starts_on = date '2026-07-01' or hash(goal.goal_id, 'left') % 10 = 0 then null
        else goal.starts_on + place.due_days - 10 + (hash(goal.goal_id, 'done') % 20)::integer
    end as done_on
from raw.goal as goal
cross join lateral (select case when hash(goal.goal_id, 'later') % 7 = 0 then 150 else 90 end as due_days) as place
where
    goal.employee_id is not null
    and hash(goal.employee_id, goal.cycle, 'planned') % 5 != 0
