-- One row per headline figure of how goals are planned and the plans kept, with the comparison cycle's beside it.
with person as (
    select
        person.cycle_id,
        person.employee_id,
        person.plan_coverage_share,
        case when person.plan_coverage_share is not null then round(person.plan_coverage_share, 9) >= own.plan_coverage_from end as is_planned
    from scoped_person(null, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    inner join dim_cycle_setting as own on own.cycle_id = person.cycle_id
    where person.cycle_id in ($cycle, $compare)
),
item as (
    select
        person.cycle_id,
        person.employee_id,
        due.is_punctual,
        due.is_done,
        due.is_overdue
    from person
    inner join due_item($cycle) as due on due.employee_id = person.employee_id and person.cycle_id = $cycle
    union all
    select
        person.cycle_id,
        person.employee_id,
        due.is_punctual,
        due.is_done,
        due.is_overdue
    from person
    inner join due_item($compare) as due on due.employee_id = person.employee_id and person.cycle_id = $compare
),
figure as (
    select cycle_id, employee_id, 1 as place, 'plan_covered' as figure, plan_coverage_share as share
    from person
    union all
    select cycle_id, employee_id, 2, 'plan_reached', is_planned::int
    from person
    union all
    select cycle_id, employee_id, 3, 'milestone_punctual', is_punctual::int
    from item
    union all
    select cycle_id, employee_id, 4, 'milestone_done', is_done::int
    from item
    union all
    select cycle_id, employee_id, 5, 'milestone_overdue', max(is_overdue::int)
    from item
    group by
        cycle_id,
        employee_id
)
select
    figure,
    round(avg(share) filter (cycle_id = $cycle), 4) as value_share,
    round(avg(share) filter (cycle_id = $compare), 4) as compare_share,
    count(distinct employee_id) filter (cycle_id = $cycle and share is not null) as people_count
from figure
group by
    place,
    figure
having count(share) filter (cycle_id = $cycle) > 0
order by place
