-- Fisher's exact test of k favourable in n against favourable in everybody, the n among them: two-sided mid-p, which counts the tables less likely than
-- the one found in full and those as likely by half (Agresti, Categorical Data Analysis, 3.5.6).
create or replace macro fisher_mid_p(p_k, p_n, p_favourable, p_everybody) as
    list_sum(list_transform(
        range(greatest(0, p_n + p_favourable - p_everybody)::bigint, least(p_n, p_favourable)::bigint + 1),
        lambda other: case
            when abs(fisher_term(other, p_n, p_favourable, p_everybody) - fisher_term(p_k, p_n, p_favourable, p_everybody)) < 1e-7
                then exp(fisher_term(other, p_n, p_favourable, p_everybody)) / 2
            when fisher_term(other, p_n, p_favourable, p_everybody) < fisher_term(p_k, p_n, p_favourable, p_everybody)
                then exp(fisher_term(other, p_n, p_favourable, p_everybody))
            else 0.0
        end
    ))
