-- One row per goal worth talking about: the two that came furthest of those reached, the two that fell shortest, and how many nobody can tell of.
with goal as (
    select
        title,
        attainment,
        actual,
        target,
        weight_share,
        row_number() over (order by attainment desc, weight_share desc nulls last, goal_no) as best_place,
        row_number() over (order by attainment, weight_share desc nulls last, goal_no) as worst_place
    from fct_goal
    where
        employee_id = $employee_id
        and cycle_id = $cycle
        and owner_kind = 'employee'
        and not is_cancelled
        and attainment is not null
),
untold as (
    select
        count(*) filter (attainment is null) as goal_count,
        count(*) as all_count
    from fct_goal
    where
        employee_id = $employee_id
        and cycle_id = $cycle
        and owner_kind = 'employee'
        and not is_cancelled
)
select
    case when attainment >= 1 then 'strength' else 'improve' end as section,
    'goal_' || case when attainment >= 1 then 'reached' else 'short' end || case when actual is null or target is null then '_plain' else '' end as point_key,
    title,
    attainment,
    actual,
    target,
    weight_share,
    null::bigint as goal_count,
    null::bigint as all_count
from goal
where
    attainment >= 1 and best_place <= 2
    or attainment < 1 and worst_place <= 2
union all
select 'unknown', case when all_count = 0 then 'goals_none' else 'goals_untold' end, null, null, null, null, null, goal_count, all_count
from untold
where
    goal_count > 0
    or all_count = 0
