-- The SMART code of how a goal is bound in time: by a stated due date inside the cycle, by one outside, by words, not at all.
create or replace macro smart_time_bound(p_due_on, p_starts_on, p_ends_on, p_has_time_phrase) as
    case
        when p_due_on between p_starts_on and p_ends_on then 24  -- due_in_cycle
        when p_due_on is not null then 18  -- due_outside_cycle
        when p_has_time_phrase then 19  -- time_in_text
        else 6  -- no_time
    end
