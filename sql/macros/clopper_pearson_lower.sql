-- The chance from which k or more in n come with no more than the tail: Clopper and Pearson's lower bound, a quantile of a beta distribution. Left of
-- its mode the distribution is convex, so that Newton's steps from the mode come down on it. The upper bound is 1 less that of n - k.
create or replace macro clopper_pearson_lower(p_k, p_n, p_tail) as
    case
        when p_k <= 0 then 0.0
        when p_k = 1 then 1 - (1 - p_tail) ** (1.0 / p_n)
        when p_k >= p_n then p_tail ** (1.0 / p_n)
        else list_reduce(
            range(9)::double[],
            lambda x, step: x - (beta_fraction(x, p_k + 0.0, p_n - p_k + 1.0) - p_tail)
                / exp(lgamma(p_n + 1) - lgamma(p_k) - lgamma(p_n - p_k + 1) + (p_k - 1) * ln(x) + (p_n - p_k) * ln(1 - x)),
            (p_k - 1) / (p_n - 1)::double
        )
    end
