-- One row per unit below the chosen one (or the top): the pace of its people's goals, each person once.
select
    branch_unit as unit,
    branch_unit_id as unit_id,
    round(median(pace), 4) as median_pace_points,
    round(quantile_cont(pace, 0.25), 4) as lower_quartile_points,
    round(quantile_cont(pace, 0.75), 4) as upper_quartile_points,
    count(*) as people_count
from branch_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes)
where pace is not null
group by
    branch_unit_id,
    branch_unit
qualify count(*) >= 5 or max(count(*)) over () < 5  -- of fewer people quartiles say little
order by
    median_pace_points,
    branch_unit_id
