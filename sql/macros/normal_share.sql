-- The share of a standard normal distribution below z; Abramowitz and Stegun 26.2.17, error below 7.5e-8.
create or replace macro normal_share(p_z) as
    case
        when p_z < 0 then 1 - normal_share_above_zero(-p_z)
        else normal_share_above_zero(p_z)
    end
