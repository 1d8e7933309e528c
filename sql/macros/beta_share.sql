-- The share of a beta distribution with a and b below x.
create or replace macro beta_share(p_x, p_a, p_b) as
    case
        when p_x <= 0 then 0.0
        when p_x >= 1 then 1.0
        when p_x < (p_a + 1) / (p_a + p_b + 2) then beta_fraction(p_x, p_a, p_b)
        else 1 - beta_fraction(1 - p_x, p_b, p_a)
    end
