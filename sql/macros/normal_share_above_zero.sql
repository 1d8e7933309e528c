-- normal_share for z from 0 up.
create or replace macro normal_share_above_zero(p_z) as
    1 - exp(-p_z * p_z / 2) / sqrt(2 * pi()) * (
        0.319381530 / (1 + 0.2316419 * p_z)
        - 0.356563782 / (1 + 0.2316419 * p_z) ** 2
        + 1.781477937 / (1 + 0.2316419 * p_z) ** 3
        - 1.821255978 / (1 + 0.2316419 * p_z) ** 4
        + 1.330274429 / (1 + 0.2316419 * p_z) ** 5
    )
