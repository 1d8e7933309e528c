-- One row per headline figure of how goals are set, with the comparison cycle's beside it. Each person counts once.
with smart as (
    select
        $cycle as cycle_id,
        *
    from smart_person($cycle)
    union all
    select
        $compare,
        *
    from smart_person($compare)
),
person as (
    select
        person.cycle_id,
        person.live_goal_count > 0 as is_covered,
        step.goals_state = 'on_time' as is_timely,
        case when person.live_goal_count > 0 then person.is_weight_complete end as is_weight_complete,
        smart.smart_share,
        person.aligned_share
    from scoped_person(null, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    left join fct_loop as step on step.employee_id = person.employee_id and step.cycle_id = person.cycle_id
    left join smart on smart.employee_id = person.employee_id and smart.cycle_id = person.cycle_id
    where person.cycle_id in ($cycle, $compare)
),
figure as (
    select cycle_id, 1 as place, 'goals_covered' as figure, is_covered::int as share
    from person
    union all
    select cycle_id, 2, 'goals_timely', is_timely::int
    from person
    union all
    select cycle_id, 3, 'weights_complete', is_weight_complete::int
    from person
    union all
    select cycle_id, 4, 'smart', smart_share
    from person
    union all
    select cycle_id, 5, 'goals_aligned', aligned_share
    from person
)
select
    figure,
    round(avg(share) filter (cycle_id = $cycle), 4) as value_share,
    round(avg(share) filter (cycle_id = $compare), 4) as compare_share,
    count(share) filter (cycle_id = $cycle) as people_count
from figure
group by
    place,
    figure
having count(share) filter (cycle_id = $cycle) > 0
order by place
