-- One row per employee with a final rating in a cycle: whether it was talked over. Feedback is delivered by a feedback conversation since the
-- rating, one of unknown date included, and timely within the days of the setting. Nobody was met with a low rating (is_low_unmet) when such a
-- conversation is overdue and not held.
-- scope: cycle_id
with talk as (
    select
        rating.employee_id,
        rating.cycle_id,
        count(*) as conversation_count,
        count(*) filter (where conversation.has_strengths and conversation.has_improvements) as both_named_count,
        count(*) filter (where conversation.has_response) as response_count,
        bool_or(conversation.is_acknowledged) as is_acknowledged,
        min(conversation.held_on) as held_on
    from fct_rating as rating
    join fct_conversation as conversation
        on conversation.employee_id = rating.employee_id
        and conversation.cycle_id = rating.cycle_id
    where conversation.conversation_kind = 'feedback'
        and (conversation.held_on >= rating.rated_on or conversation.held_on is null or rating.rated_on is null)
    group by rating.employee_id, rating.cycle_id
)

select
    rating.employee_id,
    rating.cycle_id,
    rating.label as rating_label,
    rating.rank as rating_rank,
    coalesce(rating.rank <= own.low_label_count, false) as is_low_rated,
    rating.rated_on,
    talk.held_on as feedback_on,
    talk.employee_id is not null as is_delivered,
    coalesce(talk.is_acknowledged, false) as is_acknowledged,
    talk.held_on - rating.rated_on as feedback_days,
    case
        when talk.employee_id is null then 'no_counterpart'
        when talk.held_on is null or rating.rated_on is null then 'no_evidence'
    end as feedback_days_reason,
    talk.held_on - rating.rated_on <= own.feedback_due_days as is_timely,
    coalesce(talk.conversation_count, 0) as conversation_count,
    coalesce(talk.both_named_count, 0) as both_named_count,
    coalesce(talk.response_count, 0) as response_count,
    coalesce(
        rating.rank <= own.low_label_count
        and talk.employee_id is null
        and setting.as_of > coalesce(cycle.feedback_due_on, coalesce(rating.rated_on, cycle.appraisal_due_on) + own.feedback_due_days),
        false
    ) as is_low_unmet
from fct_rating as rating
cross join dim_setting as setting
join dim_cycle_setting as own
    on own.cycle_id = rating.cycle_id
join dim_cycle as cycle
    on cycle.cycle_id = rating.cycle_id
left join talk
    on talk.employee_id = rating.employee_id
    and talk.cycle_id = rating.cycle_id
