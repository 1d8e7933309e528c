-- One row per goal: $goals for each employee and cycle, and a strategic one for each division and cycle.
insert into raw.goal by name
with owned as (
    select
        cycle.cycle || '-' || i || '-' || g as goal_id,
        cycle.cycle as cycle,
        'E' || i as employee_id,
        cycle.cycle || '-D' || (1 + i % greatest(5, $employees // 40) % 5) as parent_goal_id,
        'Goal ' || g || ' of person ' || i as title,
        'Metric ' || g as metric,
        ['increase', 'increase', 'decrease', 'maintain', 'increase'][1 + g % 5] as direction,
        case when g % 5 = 2 then 200.0 when g % 5 != 3 then 50.0 end as baseline,
        100.0 as target,
        1.0 / $goals as weight,
        cycle.starts_on,
        cycle.ends_on as due_on
    from raw.cycle as cycle
    cross join range(1, $employees + 1) as people(i)
    cross join range(1, $goals + 1) as numbers(g)
)

select
    1 as import_id,
    'goal' as sheet,
    row_number() over () as line,
    cycle || '|' || employee_id || '|' || goal_id as natural_key,
    false as is_strategic,
    *
from owned
union all by name
select
    1 as import_id,
    'unit goal' as sheet,
    d as line,
    cycle || '|d' || d as natural_key,
    true as is_strategic,
    cycle || '-D' || d as goal_id,
    cycle,
    'D' || d as unit,
    'Strategy of division ' || d as title,
    starts_on,
    ends_on as due_on
from raw.cycle
cross join range(1, 6) as numbers(d)
