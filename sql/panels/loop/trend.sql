-- One row per closed cycle of the same kind, the oldest first; a running one has no rates yet.
with person as (
    select
        one.cycle_id,
        one.employee_id,
        one.is_closed_loop,
        one.attainment,
        one.rating_rank
    from scoped_person(null, $unit, $job_family, $location, $grade, $manager, $attributes) as one
),
feedback as (
    select distinct
        cycle_id,
        employee_id
    from fct_conversation
    where conversation_kind = 'feedback'
)
select
    coalesce(cycle.cycle_name, cycle.cycle_id) as cycle_name,
    cycle.cycle_id,
    round(avg(person.is_closed_loop::int), 4) as closed_share,
    round(avg(person.attainment), 4) as attainment,
    round(avg((feedback.employee_id is not null)::int) filter (person.rating_rank is not null), 4) as feedback_share,
    count(*) as people_count,
    count(person.rating_rank) as rated_count
from person
inner join dim_cycle as cycle on cycle.cycle_id = person.cycle_id
left join feedback on feedback.cycle_id = person.cycle_id and feedback.employee_id = person.employee_id
where
    cycle.is_closed
    and cycle.cycle_kind is not distinct from (select cycle_kind from dim_cycle where cycle_id = $cycle)
group by
    cycle.cycle_id,
    cycle.cycle_name,
    cycle.starts_on
order by cycle.starts_on
