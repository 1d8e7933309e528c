-- One row per alarm that something followed: the next check-in or conversation, and the next change to a plan. Strictly after the day of the alarm: what
-- was said that day may have been said before anybody knew.
with owner as (
    select owner, min(alarm_on) as first_on
    from int_alarm
    where owner is not null
    group by owner
),

answer as (
    select owner.owner, check_in.checked_on as answered_on, false as is_plan_change
    from main.fct_check_in as check_in
    join owner
        on owner.owner = check_in.employee_id
        and check_in.checked_on > owner.first_on
    union
    select owner.owner, check_in.checked_on, false
    from main.fct_check_in as check_in
    join owner
        on owner.owner = 'unit:' || check_in.unit_id
        and check_in.checked_on > owner.first_on
    where check_in.employee_id is null
    union
    select owner.owner, conversation.held_on, false
    from main.fct_conversation as conversation
    join owner
        on owner.owner = conversation.employee_id
        and conversation.held_on > owner.first_on
    union
    select owner.owner, change.changed_on, true
    from int_plan_change as change
    join owner
        on owner.owner = coalesce(change.employee_id, 'unit:' || change.unit_id)
        and change.changed_on > owner.first_on
)

select
    alarm.alarm_kind,
    alarm.natural_key,
    alarm.alarm_on,
    min(answer.answered_on) filter (where not answer.is_plan_change) as reacted_on,
    min(answer.answered_on) filter (where answer.is_plan_change) as replanned_on
from int_alarm as alarm
join answer
    on answer.owner = alarm.owner
    and answer.answered_on > alarm.alarm_on
group by alarm.alarm_kind, alarm.natural_key, alarm.alarm_on
