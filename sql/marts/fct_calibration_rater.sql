-- One row per calibrated cycle and rater: how calibration moved the labels of the rater's people.
-- scope: cycle_id
select
    cycle_id,
    reviewer_id,
    count(*) as compared_count,
    count(*) filter (where rank > original_rank) as up_count,
    count(*) filter (where rank < original_rank) as down_count,
    avg(rank - original_rank) as net_label_count,
    avg(value_share - original_value_share) as net_shift_points,
    case when count(value_share - original_value_share) = 0 then 'no_scale' end as net_shift_points_reason
from int_rated
where original_rank is not null
    and rank is not null
    and reviewer_id is not null
    and cycle_id in (select cycle_id from int_calibration)
group by cycle_id, reviewer_id
