-- The regularised incomplete beta function by its continued fraction, DLMF 8.17.22, from the 60th term back; for x below (a + 1) / (a + b + 2),
-- where for a and b up to a thousand it has converged.
create or replace macro beta_fraction(p_x, p_a, p_b) as
    exp(lgamma(p_a + p_b) - lgamma(p_a + 1) - lgamma(p_b) + p_a * ln(p_x) + p_b * ln(1 - p_x))
    / list_reduce(
        range(60, 0, -1)::double[],
        lambda rest, j: 1 + p_x / rest * case
            when j % 2 = 0 then j / 2 * (p_b - j / 2) / ((p_a + j - 1) * (p_a + j))
            else -(p_a + (j - 1) / 2) * (p_a + p_b + (j - 1) / 2) / ((p_a + j - 1) * (p_a + j))
        end,
        1.0::double
    )
