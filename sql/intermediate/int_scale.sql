-- One row per cycle with a scale of numbers without bounds: the ends between which a score is normalised.
select
    cycle_id,
    min(coalesce(value, rank)) as low_score,
    max(coalesce(value, rank)) as high_score
from dim_rating_label
group by cycle_id
