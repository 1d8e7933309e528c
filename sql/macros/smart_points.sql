-- What a reason code is worth: 0, a half or 1.
create or replace macro smart_points(p_reason) as
    case
        when p_reason in ('clear', 'measured', 'in_reach', 'aligned', 'due_in_cycle') then 1.0
        when p_reason in (
            'no_place', 'no_change', 'number_in_text', 'no_unit', 'hard', 'easy', 'no_history', 'units_category', 'due_outside_cycle', 'time_in_text'
        ) then 0.5
        when p_reason in ('vague', 'no_number', 'discouraging', 'no_challenge', 'other_family', 'unlinked', 'no_time') then 0.0
    end
