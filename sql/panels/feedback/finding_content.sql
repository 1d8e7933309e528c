-- One row: how many feedback conversations name both strengths and points to improve, where more than one in ten does not.
with told as (
    select
        sum(feedback.conversation_count)::bigint as conversation_count,
        sum(feedback.conversation_count - feedback.both_named_count)::bigint as partial_count
    from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    inner join fct_feedback as feedback on feedback.employee_id = person.employee_id and feedback.cycle_id = person.cycle_id
)
select
    'feedback_content' as finding_key,
    partial_count,
    conversation_count,
    round(partial_count / conversation_count, 4) as partial_share
from told
where partial_count > 0.1 * conversation_count
