-- The SMART code of a chance of reaching the target: in reach between the two inner thresholds, discouraging below the lowest, no challenge
-- above the highest.
create or replace macro smart_attainable(p_chance, p_discouraging_below, p_likely_from, p_likely_to, p_sure_above) as
    case
        when p_chance is null then 16  -- no_history
        when p_chance < p_discouraging_below then 2  -- discouraging
        when p_chance > p_sure_above then 3  -- no_challenge
        when p_chance < p_likely_from then 14  -- hard
        when p_chance > p_likely_to then 15  -- easy
        else 22  -- in_reach
    end
