-- error: dim_rating_label is one row per cycle and label
select cycle_id,
    code
from dim_rating_label
group by all
having count(*) > 1
