-- The state of a step: done on an unknown date counts as on time, for late could not be shown.
create or replace macro step_state(p_is_done, p_done_on, p_due_on, p_as_of) as
    case
        when p_is_done and (p_done_on is null or p_due_on is null or p_done_on <= p_due_on) then 'on_time'
        when p_is_done then 'late'
        when p_due_on is null or p_as_of <= p_due_on then 'open'
        else 'missed'
    end
