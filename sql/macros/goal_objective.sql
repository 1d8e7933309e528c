-- One row per name that goals of a cycle give as their parent's: the strategic objective at the end of that goal's chain of parents in the
-- cycle, the nearest where there are several. A parent is named by its id, title or natural key; a chain longer than twenty ends nowhere.
create or replace macro goal_objective(p_cycle) as table
with recursive wanted as (
    select distinct parent_goal_id as name
    from fct_goal
    where
        cycle_id = p_cycle
        and parent_goal_id is not null
),
named as (
    select goal_id as name, *
    from fct_goal
    where cycle_id = p_cycle and goal_id in (select name from wanted)
    union all
    select title, *
    from fct_goal
    where cycle_id = p_cycle and title in (select name from wanted)
    union all
    select natural_key, *
    from fct_goal
    where cycle_id = p_cycle and natural_key in (select name from wanted)
),
parent as materialized (
    select
        name,
        goal_id,
        title,
        parent_goal_id,
        is_strategic or owner_kind = 'unit' and unit_id is null as is_objective
    from named
    qualify row_number() over (partition by name order by is_strategic desc, owner_kind = 'employee', natural_key) = 1
),
climb as (
    select
        name,
        goal_id,
        title,
        parent_goal_id,
        is_objective,
        1 as step_count
    from parent
    union all
    select
        climb.name,
        parent.goal_id,
        parent.title,
        parent.parent_goal_id,
        parent.is_objective,
        climb.step_count + 1
    from climb
    inner join parent on parent.name = climb.parent_goal_id
    where
        not climb.is_objective
        and climb.step_count < 20
)
select
    name,
    goal_id as objective_id,
    title as objective
from climb
where is_objective
qualify row_number() over (partition by name order by step_count) = 1
