-- One row per goal whose chain of parents ends at a strategic objective: a goal flagged so, or one with no owner. Parents that
-- loop lead nowhere: the walk goes down from the objectives and reaches each goal once. A parent is named by its id or title;
-- the one in the goal's own cycle comes before those of other cycles.
-- scope: goals
with recursive named as (
    select natural_key, title as name, cycle_id, is_strategic, employee_id from int_goal_stated
    union
    select natural_key, natural_key, cycle_id, is_strategic, employee_id from int_goal_stated
    union
    select natural_key, given_goal_id, cycle_id, is_strategic, employee_id from int_goal_stated
),

parent as (
    select *
    from named
    where name in (select parent_goal_id from int_goal_stated)
    qualify row_number() over (
        partition by name, cycle_id
        order by coalesce(is_strategic, false) desc, employee_id is not null, natural_key
    ) = 1
),

near as (
    select child.natural_key, parent.natural_key as parent_key
    from int_goal_stated as child
    join parent
        on parent.name = child.parent_goal_id
        and parent.cycle_id = child.cycle_id
),

edge as materialized (
    select natural_key, parent_key from near
    union all
    select child.natural_key, parent.natural_key
    from int_goal_stated as child
    join parent
        on parent.name = child.parent_goal_id
    where child.natural_key not in (select natural_key from near)
),

walk as (
    select natural_key
    from int_goal_stated
    where coalesce(is_strategic, employee_id is null and unit_id is null)
    union
    select edge.natural_key
    from walk
    join edge
        on edge.parent_key = walk.natural_key
)

select natural_key
from walk
