-- The reason code of how measurable a goal is: a number without a unit or metric, or one in the text only, is half of a measure.
create or replace macro smart_measurable(p_has_target, p_has_measure, p_has_amount) as
    case
        when p_has_target and p_has_measure then 'measured'
        when p_has_target then 'no_unit'
        when p_has_amount then 'number_in_text'
        else 'no_number'
    end
