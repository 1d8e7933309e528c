-- Units as a rule counts them: full ones only (down), begun ones too (up), else in proportion. What is a whole but for the last digits of
-- the machine counts as whole.
create or replace macro whole_units(p_units, p_rounding) as
    case p_rounding
        when 'down' then floor(p_units + 1e-9)
        when 'up' then ceil(p_units - 1e-9)
        else p_units
    end
