-- A number held between two bounds; null stays null.
create or replace macro bounded(p_x, p_low, p_high) as
    case
        when p_x is not null then greatest(p_low, least(p_high, p_x))
    end
