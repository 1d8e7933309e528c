-- One row per headline figure of the cycle, with the comparison cycle's beside it; of what nobody has come to while the cycle runs there is none.
with person as (
    select
        cycle_id,
        employee_id,
        is_closed_loop,
        is_closed_loop_on_time,
        attainment,
        rating_rank
    from scoped_person(null, $unit, $job_family, $location, $grade, $manager, $attributes)
    where cycle_id in ($cycle, $compare)
),
feedback as (
    select distinct
        cycle_id,
        employee_id
    from fct_conversation
    where conversation_kind = 'feedback'
),
cycle_figure as (
    select
        person.cycle_id,
        count(*) as people_count,
        avg(person.is_closed_loop::int) as closed_share,
        avg(person.is_closed_loop_on_time::int) as closed_on_time_share,
        count(person.attainment) as measured_count,
        avg(person.attainment) as attainment,
        count(person.rating_rank) as rated_count,
        count(person.rating_rank) / count(*) as rated_share,
        avg((feedback.employee_id is not null)::int) filter (person.rating_rank is not null) as feedback_share
    from person
    left join feedback on feedback.cycle_id = person.cycle_id and feedback.employee_id = person.employee_id
    group by person.cycle_id
),
figure as (
    select cycle_id, 1 as place, 'closed' as figure, closed_share as share, people_count
    from cycle_figure
    union all
    select cycle_id, 2, 'closed_on_time', closed_on_time_share, people_count
    from cycle_figure
    union all
    select cycle_id, 3, 'attainment', attainment, measured_count
    from cycle_figure
    union all
    select cycle_id, 4, 'rated', rated_share, people_count
    from cycle_figure
    union all
    select cycle_id, 5, 'feedback', feedback_share, rated_count
    from cycle_figure
),
compared as (
    select
        place,
        figure,
        max(share) filter (cycle_id = $cycle) as value_share,
        max(share) filter (cycle_id = $compare) as compare_share,
        max(people_count) filter (cycle_id = $cycle) as people_count,
        (select is_closed from dim_cycle where cycle_id = $cycle) or max(share) filter (cycle_id = $cycle) > 0 as is_told
    from figure
    group by
        place,
        figure
)
select
    figure,
    case when is_told then round(value_share, 4) end as value_share,
    round(compare_share, 4) as compare_share,
    people_count,
    case when not coalesce(is_told, false) then 'not_due' end as reason_key
from compared
order by place
