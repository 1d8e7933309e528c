-- Wilson's 95 % bound of a share of k in n: the lower one for sign -1, the upper one for 1.
create or replace macro wilson_bound(p_k, p_n, p_sign) as
    bounded(
        (p_k + 1.92072941 + p_sign * 1.95996398 * sqrt(p_k * (p_n - p_k) / p_n::double + 0.960364705)) / (p_n + 3.84145882),
        0.0, 1.0
    )
