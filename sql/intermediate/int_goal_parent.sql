-- One row per name that a goal gives as its parent's and cycle in which goals have it: the goal it means there, and whether that
-- goal's chain of parents ends at a strategic objective: a goal flagged so, or one with no owner. A parent is named by its id, title or
-- natural key; the one in the goal's own cycle comes before those of other cycles. The walk goes down from the objectives
-- and reaches each goal once, so parents that loop lead nowhere. is_looping: going up from the goal leads back to it.
-- scope: goals
with recursive wanted as (
    select distinct parent_goal_id as name from int_goal_stated where parent_goal_id is not null
),

named as (
    select natural_key as name, * from int_goal_stated where natural_key in (select name from wanted)
    union all
    select title, * from int_goal_stated where title in (select name from wanted)
    union all
    select given_goal_id, * from int_goal_stated where given_goal_id in (select name from wanted)
),

parent as materialized (
    select name, cycle_id, natural_key, parent_goal_id, coalesce(is_strategic, employee_id is null and unit_id is null) as is_objective
    from named
    qualify row_number() over (
        partition by name, cycle_id
        order by coalesce(is_strategic, false) desc, employee_id is not null, natural_key
    ) = 1
),

near as (
    select child.natural_key, parent.natural_key as parent_key
    from parent as child
    join parent
        on parent.name = child.parent_goal_id
        and parent.cycle_id = child.cycle_id
),

edge as materialized (
    select natural_key, parent_key from near
    union
    select child.natural_key, parent.natural_key
    from parent as child
    join parent
        on parent.name = child.parent_goal_id
    where child.natural_key not in (select natural_key from near)
),

walk as (
    select natural_key
    from parent
    where is_objective
    union
    select edge.natural_key
    from walk
    join edge
        on edge.parent_key = walk.natural_key
),

climb as (  -- a ring has no objective in it
    select natural_key, parent_key as above_key
    from edge
    where natural_key not in (select natural_key from walk)
    union
    select climb.natural_key, edge.parent_key
    from climb
    join edge
        on edge.natural_key = climb.above_key
    where climb.above_key != climb.natural_key
)

select
    parent.name,
    parent.cycle_id,
    parent.natural_key,
    parent.natural_key in (select natural_key from walk) as is_aligned,
    parent.natural_key in (select natural_key from climb where above_key = climb.natural_key) as is_looping
from parent
