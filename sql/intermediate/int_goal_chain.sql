-- One row per goal whose chain of parents ends at a strategic objective: a goal flagged so, or one with no owner. Parents that
-- loop lead nowhere.
with recursive id as (
    select natural_key, goal_id, cycle_id, parent_goal_id, employee_id, unit_id, is_strategic, title
    from int_goal
),

named as (
    select natural_key, title as name, cycle_id from id
    union
    select natural_key, goal_id, cycle_id from id
    union
    select natural_key, given_goal_id, cycle_id from int_goal_stated
),

walk as (
    select natural_key as reached_key, natural_key, [natural_key] as seen
    from id
    where coalesce(is_strategic, employee_id is null and unit_id is null)
    union all
    select walk.reached_key, child.natural_key, list_append(walk.seen, child.natural_key)
    from walk
    join named as parent
        on parent.natural_key = walk.natural_key
    join id as child
        on child.parent_goal_id = parent.name
        and (child.cycle_id = parent.cycle_id or not exists (select 1 from named as nearer where nearer.name = child.parent_goal_id and nearer.cycle_id = child.cycle_id))
    where not list_contains(walk.seen, child.natural_key)
        and len(walk.seen) < 16
)

select distinct natural_key
from walk
