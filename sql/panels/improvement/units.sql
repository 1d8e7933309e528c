-- One row per unit below the chosen one (or the top): how much more or less its people reached than regression to the mean expects.
select
    branch_unit as unit,
    branch_unit_id as unit_id,
    round(median(adjusted_attainment_change_points), 4) as median_adjusted_points,
    round(quantile_cont(adjusted_attainment_change_points, 0.25), 4) as lower_quartile_points,
    round(quantile_cont(adjusted_attainment_change_points, 0.75), 4) as upper_quartile_points,
    round(avg(attainment_change_points), 4) as naive_points,
    round(avg(adjusted_attainment_change_points), 4) as adjusted_points,
    count(*) as people_count
from branch_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes)
where adjusted_attainment_change_points is not null
group by
    branch_unit,
    branch_unit_id
order by
    median_adjusted_points desc,
    unit_id
