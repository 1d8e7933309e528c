-- One row per headline figure of how final ratings were talked over, with the comparison cycle's beside it.
with person as (
    select feedback.*
    from scoped_person(null, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    inner join fct_feedback as feedback on feedback.employee_id = person.employee_id and feedback.cycle_id = person.cycle_id
    where person.cycle_id in ($cycle, $compare)
),
figure as (
    select cycle_id, 1 as place, 'delivered' as figure, is_delivered::int as share
    from person
    union all
    select cycle_id, 2, 'timely', is_timely::int
    from person
    union all
    select cycle_id, 3, 'acknowledged', is_acknowledged::int
    from person
    union all
    select cycle_id, 4, 'both_named', (both_named_count > 0)::int
    from person
    where is_delivered
    union all
    select cycle_id, 5, 'responded', (response_count > 0)::int
    from person
    where is_delivered
    union all
    select cycle_id, 6, 'low_met', is_delivered::int
    from person
    where is_low_rated
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
