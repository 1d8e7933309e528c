-- The two-sided p that two groups' shares are as different by chance: Fisher's mid-p where few enough people stand behind it to count all tables, else
-- that of the normal distribution with the pooled share.
create or replace macro two_share_p_value(p_k, p_n, p_other_k, p_other_n, p_exact_to) as
    case
        when p_n + p_other_n <= p_exact_to then fisher_mid_p(p_k, p_n, p_k + p_other_k, p_n + p_other_n)
        else 2 * (1 - normal_share(abs(
            (p_k / p_n::double - p_other_k / p_other_n::double)
            / nullif(sqrt((p_k + p_other_k) / (p_n + p_other_n)::double * (1 - (p_k + p_other_k) / (p_n + p_other_n)::double) * (1.0 / p_n + 1.0 / p_other_n)), 0)
        )))
    end
