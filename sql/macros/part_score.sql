-- The score of 0 to 100 that a part gives by a formula's terms; for a part without weight the points it gives, a penalty's below 0.
create or replace macro part_score(p_term, p_score, p_sum_score, p_value_share) as
    case
        when p_term.weight is not null
            then bounded(coalesce(100 * p_score / p_term.full_score, 100 * p_value_share), p_term.floor, p_term.cap)
        when p_term.part = 'penalty' then -bounded(abs(p_sum_score), p_term.floor, p_term.cap)
        when p_term.part != 'total' then bounded(p_sum_score, p_term.floor, p_term.cap)
    end
