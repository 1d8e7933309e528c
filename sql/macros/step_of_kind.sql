-- The step of the loop that rows of an import's kind are about; 'people' for who and when.
create or replace macro step_of_kind(p_kind) as
    case
        when p_kind = 'goal' then 'goals'
        when p_kind = 'plan_item' then 'plan'
        when p_kind in ('check_in', 'reading') then 'monitoring'
        when p_kind in ('appraisal', 'calibration', 'rating_scale', 'guideline') then 'appraisal'
        when p_kind = 'conversation' then 'feedback'
        when p_kind in ('improvement_plan', 'incentive') then 'improvement'
        else 'people'
    end
