-- One row per rated employee and cycle whose rating was talked over and acknowledged: the first such conversation since.
-- joins as written
select
    rating.employee_id,
    rating.cycle_id,
    min(coalesce(conversation.acknowledged_on, conversation.held_on)) as feedback_on,
    arg_min(conversation.natural_key, row(coalesce(conversation.acknowledged_on, conversation.held_on), conversation.natural_key)) as feedback_key
from fct_rating as rating
join fct_conversation as conversation
    on conversation.employee_id = rating.employee_id
    and conversation.cycle_id = rating.cycle_id
where conversation.conversation_kind = 'feedback'
    and conversation.is_acknowledged
    and (conversation.held_on >= rating.rated_on or conversation.held_on is null or rating.rated_on is null)
group by rating.employee_id, rating.cycle_id
