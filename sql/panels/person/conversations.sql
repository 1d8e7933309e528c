-- One row per conversation with the person, the newest first.
select
    conversation.held_on,
    conversation.conversation_kind,
    coalesce(holder.employee_name, conversation.held_by_id) as held_by,
    conversation.has_strengths,
    conversation.has_improvements,
    conversation.has_response,
    conversation.acknowledged_on,
    conversation.natural_key
from fct_conversation as conversation
left join dim_employee as holder on holder.employee_id = conversation.held_by_id and holder.is_current
where conversation.employee_id = $employee_id
order by conversation.held_on desc
