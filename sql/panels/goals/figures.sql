-- One row per headline figure of how goals are set, with the comparison cycle's beside it. Each person counts once.
with person as (
    select
        person.cycle_id,
        person.live_goal_count > 0 as is_covered,
        step.state = 'on_time' as is_timely,
        case when person.live_goal_count > 0 then person.is_weight_complete end as is_weight_complete,
        coalesce(now.smart_share, before.smart_share) as smart_share,
        person.aligned_share
    from scoped_person(null, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    left join fct_step as step on step.employee_id = person.employee_id and step.cycle_id = person.cycle_id and step.step = 'goals'
    left join smart_person($cycle) as now on now.employee_id = person.employee_id and person.cycle_id = $cycle
    left join smart_person($compare) as before on before.employee_id = person.employee_id and person.cycle_id = $compare
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
