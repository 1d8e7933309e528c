-- One row per unit, cycle and number of days from rating to feedback: how many people, and how many of each kind. People without a place in
-- the cycle are the company's alone.
select
    feedback.cycle_id,
    person.unit_id,
    feedback.feedback_days,
    count(*) as appraised_count,
    count(*) filter (where feedback.is_delivered) as delivered_count,
    count(*) filter (where feedback.is_acknowledged) as acknowledged_count,
    count(*) filter (where feedback.is_timely) as timely_count,
    sum(feedback.conversation_count)::bigint as conversation_count,
    sum(feedback.both_named_count)::bigint as both_named_count,
    sum(feedback.response_count)::bigint as response_count,
    count(*) filter (where feedback.is_low_rated) as low_rated_count,
    count(*) filter (where feedback.is_low_unmet) as low_unmet_count
from fct_feedback as feedback
left join fct_employee_cycle as person
    on person.employee_id = feedback.employee_id
    and person.cycle_id = feedback.cycle_id
group by feedback.cycle_id, person.unit_id, feedback.feedback_days
