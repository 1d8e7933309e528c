-- The correlation of two figures; null where one of them is the same for everybody but for what sums leave in the last digits, of which the
-- engine would tell a chance number or that it is none.
create or replace macro correlation(p_y, p_x) as
    case when max(p_y) - min(p_y) > 1e-9 and max(p_x) - min(p_x) > 1e-9 then corr(p_y, p_x) end
