-- The log of the chance of a table of two groups with k favourable of n in the one, where favourable of everybody have been given out.
create or replace macro fisher_term(p_k, p_n, p_favourable, p_everybody) as
    lgamma(p_n + 1) - lgamma(p_k + 1) - lgamma(p_n - p_k + 1)
    + lgamma(p_everybody - p_n + 1) - lgamma(p_favourable - p_k + 1) - lgamma(p_everybody - p_n - p_favourable + p_k + 1)
    - lgamma(p_everybody + 1) + lgamma(p_favourable + 1) + lgamma(p_everybody - p_favourable + 1)
