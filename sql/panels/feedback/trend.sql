-- One row per closed cycle of the same kind, the oldest first: how its ratings were talked over.
select
    coalesce(cycle.cycle_name, cycle.cycle_id) as cycle_name,
    cycle.cycle_id,
    round(avg(feedback.is_delivered::int), 4) as delivered_share,
    round(avg(feedback.is_acknowledged::int), 4) as acknowledged_share,
    round(avg(feedback.is_timely::int), 4) as timely_share,
    round(sum(feedback.both_named_count) / nullif(sum(feedback.conversation_count), 0), 4) as both_named_share,
    median(feedback.feedback_days) as median_days,
    count(*) filter (feedback.is_low_unmet) as low_unmet_count,
    count(*) as people_count
from scoped_person(null, $unit, $job_family, $location, $grade, $manager, $attributes) as person
inner join fct_feedback as feedback on feedback.employee_id = person.employee_id and feedback.cycle_id = person.cycle_id
inner join dim_cycle as cycle on cycle.cycle_id = person.cycle_id
where
    cycle.is_closed
    and cycle.cycle_kind is not distinct from (select cycle_kind from dim_cycle where cycle_id = $cycle)
group by
    cycle.cycle_id,
    cycle.cycle_name,
    cycle.starts_on
order by cycle.starts_on
