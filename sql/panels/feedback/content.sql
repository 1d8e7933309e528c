-- One row per thing a feedback conversation should hold: the share of conversations since the rating that have it on file.
with talk as (
    select
        person.cycle_id,
        talk.*
    from scoped_person(null, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    inner join fct_feedback as feedback on feedback.employee_id = person.employee_id and feedback.cycle_id = person.cycle_id
    inner join fct_conversation as talk on talk.employee_id = person.employee_id and talk.cycle_id = person.cycle_id
    where
        person.cycle_id in ($cycle, $compare)
        and talk.conversation_kind = 'feedback'
        and (talk.held_on >= feedback.rated_on or talk.held_on is null or feedback.rated_on is null)
),
said as (
    select cycle_id, employee_id, 1 as place, 'strengths' as content, has_strengths as is_there
    from talk
    union all
    select cycle_id, employee_id, 2, 'improvements', has_improvements
    from talk
    union all
    select cycle_id, employee_id, 3, 'both', has_strengths and has_improvements
    from talk
    union all
    select cycle_id, employee_id, 4, 'response', has_response
    from talk
    union all
    select cycle_id, employee_id, 5, 'acknowledgement', is_acknowledged
    from talk
)
select
    content,
    round(avg(is_there::int) filter (cycle_id = $cycle), 4) as conversation_share,
    round(avg(is_there::int) filter (cycle_id = $compare), 4) as compare_conversation_share,
    count(*) filter (is_there and cycle_id = $cycle) as conversation_count,
    count(distinct employee_id) filter (cycle_id = $cycle) as people_count,
    count(*) filter (cycle_id = $cycle) as total_count
from said
group by
    place,
    content
having count(*) filter (cycle_id = $cycle) > 0
order by place
