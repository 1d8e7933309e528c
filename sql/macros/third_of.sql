-- 1, 2 or 3 by two cut points; a value at a cut point belongs above it.
create or replace macro third_of(p_value, p_middle_from, p_high_from) as
    case
        when p_value is null then null
        when p_value >= p_high_from then 3
        when p_value >= p_middle_from then 2
        else 1
    end
