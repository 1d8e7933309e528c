-- One row per person of a cycle whom a sign marks: somebody should look. The signs are named in words as sign.<name>.
create or replace macro signed_person(p_cycle, p_sign) as table
select employee_id
from fct_employee_monitoring
where
    cycle_id = p_cycle
    and case p_sign
        when 'check_in_overdue' then is_check_in_overdue
        when 'owner_kinder' then owner_kinder_count > 0
        when 'owner_harder' then owner_harder_count > 0
        when 'not_talked' then conversation_count = 0
        when 'one_on_one' then one_on_one_count > 0
        when 'observation' then observation_count > 0
        when 'suggestion' then suggestion_count > 0
        when 'appeal' then appeal_count > 0
    end
union all
select employee_id
from fct_employee_alarm
where
    cycle_id = p_cycle
    and p_sign = 'alarm_unanswered'
    and unanswered_count > 0
union all
select employee_id
from fct_feedback
where
    cycle_id = p_cycle
    and case p_sign
        when 'feedback_waiting' then not is_delivered
        when 'feedback_late' then not is_timely
        when 'feedback_unacknowledged' then is_delivered and not is_acknowledged
        when 'low_unmet' then is_low_unmet
    end
union all
select employee_id
from fct_goal
where
    cycle_id = p_cycle
    and p_sign = 'owner_flatters'
    and employee_id is not null
    and not is_cancelled
    and status_level(owner_status) >= 2
    and status_level(status) = 0
union all
select employee_id
from fct_nine_box
where
    cycle_id = p_cycle
    and p_sign = 'box_' || box_number
union all
select employee_id
from goal_signed_person(p_cycle, p_sign)
