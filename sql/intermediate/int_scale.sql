-- One row per cycle with a scale: the ends between which a score is normalised.
select
    cycle_id,
    coalesce(min(lower_score) filter (where value is null), min(value), min(lower_score)) as low_score,
    coalesce(max(upper_score) filter (where value is null), max(value), max(upper_score)) as high_score
from dim_rating_label
group by cycle_id
