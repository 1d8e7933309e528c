-- One row per part of a formula for the final score, as the settings state it.
select
    cycle,
    variant,
    fold(part) as part,
    weight,
    full_score,
    cap,
    floor
from raw.score_part
