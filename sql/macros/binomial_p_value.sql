-- The exact two-sided p of k in n where each comes with the chance: twice the smaller tail, k included. It never says too little.
create or replace macro binomial_p_value(p_k, p_n, p_chance) as
    least(1.0, 2 * least(
        case when p_k >= p_n then 1.0 else 1 - beta_share(p_chance, p_k + 1.0, p_n - p_k + 0.0) end,
        case when p_k <= 0 then 1.0 else beta_share(p_chance, p_k + 0.0, p_n - p_k + 1.0) end
    ))
