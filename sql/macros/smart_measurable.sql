-- The SMART code of how measurable a goal is: a number without a unit or metric, or one in the text only, is half of a measure.
create or replace macro smart_measurable(p_has_target, p_has_measure, p_has_amount) as
    case
        when p_has_target and p_has_measure then 21  -- measured
        when p_has_target then 13  -- no_unit
        when p_has_amount then 12  -- number_in_text
        else 1  -- no_number
    end
