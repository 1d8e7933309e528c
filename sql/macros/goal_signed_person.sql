-- One row per person of a cycle whose goals a sign marks: none at all, weights that do not add up, no link to an objective, no dated plan, an
-- overdue milestone, or smart_ with a criterion that is not fully met or a rule that fired.
create or replace macro goal_signed_person(p_cycle, p_sign) as table
select employee_id
from fct_employee_cycle
where
    cycle_id = p_cycle
    and case p_sign
        when 'no_goals' then live_goal_count = 0
        when 'weight_incomplete' then live_goal_count > 0 and not is_weight_complete
        when 'weight_under' then live_goal_count > 0 and not is_weight_complete and weight_sum < 1
        when 'weight_over' then live_goal_count > 0 and not is_weight_complete and weight_sum > 1
        when 'not_aligned' then round(aligned_share, 9) < 1
        when 'goal_unplanned' then round(plan_coverage_share, 9) < 1
    end
union all
select employee_id
from live_plan_item(p_cycle)
where
    p_sign = 'milestone_overdue'
    and is_overdue
union all
select employee_id
from live_smart_code(p_cycle)
where case p_sign
        when 'smart_specific' then specific_code < 20
        when 'smart_measurable' then measurable_code < 20
        when 'smart_attainable' then attainable_code < 20
        when 'smart_relevant' then relevant_code < 20
        when 'smart_time_bound' then time_bound_code < 20
        else starts_with(p_sign, 'smart_') and substr(p_sign, 7) in (smart_reason(specific_code), smart_reason(measurable_code), smart_reason(attainable_code),
            smart_reason(relevant_code), smart_reason(time_bound_code))
    end
