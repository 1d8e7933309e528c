-- One row: the goals that owners call on track or done although the figures say they are behind, and the unit with most of them.
with flattered as (
    select
        person.unit_id,
        person.unit,
        person.employee_id
    from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    inner join fct_goal as goal on goal.employee_id = person.employee_id and goal.cycle_id = person.cycle_id
    where
        not goal.is_cancelled
        and status_level(goal.owner_status) >= 2
        and status_level(goal.status) = 0
),
unit as (
    select
        unit_id,
        any_value(unit) as unit,
        count(*) as unit_count
    from flattered
    where unit_id is not null
    group by unit_id
    order by
        unit_count desc,
        unit_id
    limit 1
)
select
    case when any_value(unit.unit_count) > 1 then 'flattered_unit' else 'flattered' end as finding_key,
    count(*) as goal_count,
    count(distinct flattered.employee_id) as people_count,
    any_value(unit.unit) as unit,
    any_value(unit.unit_count) as unit_count,
    'owner_flatters' as drill_sign
from flattered
left join unit on true
having count(*) > 0
