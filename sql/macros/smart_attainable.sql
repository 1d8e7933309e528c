-- The reason code of a chance of reaching the target: in reach between the two inner thresholds, discouraging below the lowest, no challenge
-- above the highest.
create or replace macro smart_attainable(p_chance, p_discouraging_below, p_likely_from, p_likely_to, p_sure_above) as
    case
        when p_chance is null then 'no_history'
        when p_chance < p_discouraging_below then 'discouraging'
        when p_chance > p_sure_above then 'no_challenge'
        when p_chance < p_likely_from then 'hard'
        when p_chance > p_likely_to then 'easy'
        else 'in_reach'
    end
