-- The state of a step for a person: exempt on leave from what is not done; otherwise step_state.
create or replace macro loop_state(p_is_done, p_done_on, p_due_on, p_as_of, p_employment_status) as
    case
        when not p_is_done and p_employment_status is not distinct from 'leave' then 'exempt'
        else step_state(p_is_done, p_done_on, p_due_on, p_as_of)
    end
