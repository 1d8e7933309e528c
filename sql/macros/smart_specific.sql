-- The SMART code of how specific a text is, from whether it names what is to change and where or for whom.
create or replace macro smart_specific(p_has_change, p_has_place) as
    case
        when p_has_change and p_has_place then 20  -- clear
        when p_has_change then 10  -- no_place
        when p_has_place then 11  -- no_change
        else 0  -- vague
    end
