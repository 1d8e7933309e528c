-- The two-sided p of Student's t; of the normal distribution from 1,000 degrees of freedom up.
create or replace macro two_sided_t(p_t, p_degrees) as
    case
        when p_degrees < 1000 then beta_share(p_degrees / (p_degrees + p_t * p_t), p_degrees / 2.0, 0.5)
        else 2 * (1 - normal_share(abs(p_t)))
    end
