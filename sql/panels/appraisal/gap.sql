-- One row per unit below the chosen one (or the top): how far people's own ratings lie above their managers', in points of the scale.
with person as (
    select
        person.branch_unit as unit,
        person.branch_unit_id as unit_id,
        rating.self_manager_gap_points as gap
    from branch_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    inner join fct_rating as rating on rating.employee_id = person.employee_id and rating.cycle_id = person.cycle_id
    where rating.self_manager_gap_points is not null
)
select
    unit,
    unit_id,
    round(median(gap), 4) as median_gap_points,
    round(quantile_cont(gap, 0.25), 4) as lower_quartile_points,
    round(quantile_cont(gap, 0.75), 4) as upper_quartile_points,
    round(avg(gap), 4) as mean_gap_points,
    count(*) as people_count
from person
group by
    unit,
    unit_id
order by
    median_gap_points desc,
    unit_id
