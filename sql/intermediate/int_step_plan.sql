-- One row per employee and cycle with plan items: when the last plan began, the best date there is for when it was made.
select
    employee_id,
    cycle_id,
    max(starts_on) as planned_on,
    arg_max(natural_key, coalesce(starts_on, due_on)) as plan_key
from int_plan_item
where employee_id is not null
    and due_on is not null
group by employee_id, cycle_id
