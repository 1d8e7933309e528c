-- One row per active employee and cycle: how the goals were watched over, and the signs that somebody should look.
-- joins as written
-- scope: cycle_id
with talk as (
    select
        employee_id,
        cycle_id,
        count(*) as conversation_count,
        count(*) filter (where conversation_kind = 'one_on_one') as one_on_one_count,
        count(*) filter (where conversation_kind = 'observation') as observation_count,
        count(*) filter (where conversation_kind = 'suggestion') as suggestion_count,
        count(*) filter (where conversation_kind = 'feedback') as feedback_count,
        count(*) filter (where conversation_kind = 'appeal') as appeal_count,
        max(held_on) as last_conversation_on
    from fct_conversation
    group by employee_id, cycle_id
)

select
    person.employee_id,
    person.cycle_id,
    person.unit_id,
    person.check_in_count,
    person.cadence_share,
    case
        when person.cadence_share is not null then null
        when person.live_goal_count = 0 then 'no_evidence'
        else 'not_due'
    end as cadence_share_reason,
    person.last_check_in_on,
    person.days_since_check_in as since_check_in_days,
    case when person.days_since_check_in is null then 'no_evidence' end as since_check_in_days_reason,
    coalesce(goal.watched_goal_count, 0) as watched_goal_count,
    coalesce(goal.goal_check_in_overdue_count, 0) as goal_check_in_overdue_count,
    coalesce(goal.goal_check_in_overdue_count > 0, false) as is_check_in_overdue,
    goal.next_check_in_due_on,
    case when goal.next_check_in_due_on < setting.as_of then setting.as_of - goal.next_check_in_due_on end as check_in_overdue_days,
    coalesce(goal.owner_status_count, 0) as owner_status_count,
    coalesce(goal.owner_kinder_count, 0) as owner_kinder_count,
    coalesce(goal.owner_harder_count, 0) as owner_harder_count,
    (goal.owner_kinder_count + goal.owner_harder_count) / nullif(goal.owner_status_count, 0) as disagreement_share,
    case when coalesce(goal.owner_status_count, 0) = 0 then 'no_evidence' end as disagreement_share_reason,
    coalesce(talk.conversation_count, 0) as conversation_count,
    coalesce(talk.one_on_one_count, 0) as one_on_one_count,
    coalesce(talk.observation_count, 0) as observation_count,
    coalesce(talk.suggestion_count, 0) as suggestion_count,
    coalesce(talk.feedback_count, 0) as feedback_count,
    coalesce(talk.appeal_count, 0) as appeal_count,
    talk.last_conversation_on
from fct_employee_cycle as person
cross join dim_setting as setting
left join int_goal_watch as goal
    on goal.employee_id = person.employee_id
    and goal.cycle_id = person.cycle_id
left join talk
    on talk.employee_id = person.employee_id
    and talk.cycle_id = person.cycle_id
