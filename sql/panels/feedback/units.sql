-- One row per unit below the chosen one (or the top): how the ratings of its people, and of the units below it, were talked over.
select
    person.branch_unit as unit,
    person.branch_unit_id as unit_id,
    count(*) as people_count,
    round(avg(feedback.is_delivered::int), 4) as delivered_share,
    round(avg(feedback.is_acknowledged::int), 4) as acknowledged_share,
    round(avg(feedback.is_timely::int), 4) as timely_share,
    count(feedback.is_timely) as dated_count,
    round(sum(feedback.both_named_count) / nullif(sum(feedback.conversation_count), 0), 4) as both_named_share,
    round(sum(feedback.response_count) / nullif(sum(feedback.conversation_count), 0), 4) as response_share,
    count(*) filter (not feedback.is_delivered) as waiting_count,
    count(*) filter (feedback.is_low_rated) as low_rated_count,
    count(*) filter (feedback.is_low_unmet) as low_unmet_count
from branch_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
inner join fct_feedback as feedback on feedback.employee_id = person.employee_id and feedback.cycle_id = person.cycle_id
group by
    person.branch_unit_id,
    person.branch_unit
order by
    delivered_share,
    person.branch_unit_id
