-- One row per conversation or observation about a person's performance, up to as_of.
-- scope: natural_key of conversation
select
    coalesce(conversation.cycle, dated.cycle_id) as cycle_id,
    coalesce(conversation.employee_id, person.employee_id) as employee_id,
    conversation.conversation_kind,
    conversation.held_on,
    coalesce(conversation.held_by_id, conversation.held_by_name) as held_by_id,
    conversation.strengths,
    conversation.improvements,
    conversation.strengths is not null as has_strengths,
    conversation.improvements is not null as has_improvements,
    conversation.response is not null as has_response,
    case
        when conversation.acknowledged_on is not null then conversation.acknowledged_on <= setting.as_of
        else coalesce(conversation.is_acknowledged, false)
    end as is_acknowledged,
    case when conversation.acknowledged_on <= setting.as_of then conversation.acknowledged_on end as acknowledged_on,
    conversation.natural_key,
    conversation.import_id,
    conversation.sheet,
    conversation.line
from stg_conversation as conversation
cross join dim_setting as setting
left join int_person_ref as person
    on person.person_key = conversation.person_key
left join int_cycle_of_date as dated
    on dated.on_date = conversation.held_on
    and dated.is_after = (conversation.conversation_kind is not distinct from 'feedback')
    and conversation.cycle is null
where conversation.held_on <= setting.as_of
    or conversation.held_on is null
