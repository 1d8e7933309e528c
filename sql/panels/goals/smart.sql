-- One row per SMART criterion: how many goals meet it, half meet it or do not.
select
    criterion,
    coalesce(sum(goal_count) filter (points = 1), 0)::bigint as met_count,
    coalesce(sum(goal_count) filter (points = 0.5), 0)::bigint as half_met_count,
    coalesce(sum(goal_count) filter (points = 0), 0)::bigint as unmet_count,
    round(sum(points * goal_count) / sum(goal_count), 4) as smart_share,
    any_value(scored_people_count) as people_count,
    'smart_' || criterion as drill_sign,
    any_value(scored_people_count) as total_count
from smart_rule($cycle, $unit, $job_family, $location, $grade, $manager, $attributes)
group by criterion
order by list_position(['specific', 'measurable', 'attainable', 'relevant', 'time_bound'], criterion)
