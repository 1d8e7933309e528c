-- One row per cycle and label of its scale: the values to which it is nearest; of two labels as near the higher.
select
    cycle_id,
    code,
    round(coalesce((value_share + lag(value_share) over scale) / 2, 0), 9) as from_share,
    round(coalesce((value_share + lead(value_share) over scale) / 2, 2), 9) as below_share
from dim_rating_label
where value_share is not null
window scale as (partition by cycle_id order by value_share, rank)
