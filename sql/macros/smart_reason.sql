-- The reason that a SMART code stands for; dashboards have words for each.
create or replace macro smart_reason(p_code) as
    [
        'vague', 'no_number', 'discouraging', 'no_challenge', 'other_family', 'unlinked', 'no_time', null, null, null,
        'no_place', 'no_change', 'number_in_text', 'no_unit', 'hard', 'easy', 'no_history', 'units_category', 'due_outside_cycle', 'time_in_text',
        'clear', 'measured', 'in_reach', 'aligned', 'due_in_cycle'
    ][p_code + 1]
