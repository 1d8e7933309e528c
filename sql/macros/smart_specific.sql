-- The reason code of how specific a text is, from whether it names what is to change and where or for whom.
create or replace macro smart_specific(p_has_change, p_has_place) as
    case
        when p_has_change and p_has_place then 'clear'
        when p_has_change then 'no_place'
        when p_has_place then 'no_change'
        else 'vague'
    end
