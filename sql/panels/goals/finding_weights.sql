-- One row: how many people's weights do not add up to 100 %.
select
    case when count(*) filter (weight_sum > 1) = 0 then 'weights_under' else 'weights' end as finding_key,
    count(*) as people_count,
    min(weight_sum) as least_share,
    max(weight_sum) as most_share,
    'weight_incomplete' as drill_sign
from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes)
where
    live_goal_count > 0
    and not is_weight_complete
having count(*) > 0
