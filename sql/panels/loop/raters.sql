-- One row per rater of the cycle: how far their ratings lie above (lenient) or below what attainment explains.
with reviewer as (
    select distinct rating.reviewer_id
    from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    inner join fct_rating as rating on rating.employee_id = person.employee_id and rating.cycle_id = person.cycle_id
),
rater as (
    select
        coalesce(rater.reviewer_name, rater.reviewer_id) as reviewer_name,
        rater.reviewer_id,
        rater.rated_count,
        rater.severity,
        rater.interval_lower,
        rater.interval_upper,
        rater.p_value,
        rater.is_flagged,
        row_number() over (order by rater.is_flagged desc, abs(rater.severity) desc, rater.reviewer_id) as place
    from fct_rater as rater
    inner join reviewer on reviewer.reviewer_id = rater.reviewer_id
    where rater.cycle_id = $cycle
)
select
    reviewer_name,
    reviewer_id,
    round(severity, 4) as severity_points,
    round(interval_lower, 4) as lower_points,
    round(interval_upper, 4) as upper_points,
    rated_count as people_count,
    is_flagged,
    round(p_value, 4) as p_value
from rater
where place <= 12
order by
    severity desc,
    reviewer_id
