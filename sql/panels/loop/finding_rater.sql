-- One row: the rater whose ratings depart most from what attainment explains, beyond chance.
select
    case when rater.severity > 0 then 'lenient' else 'severe' end as finding_key,
    coalesce(rater.reviewer_name, rater.reviewer_id) as reviewer,
    round(rater.severity, 3) as severity_points,
    round(rater.interval_lower, 3) as lower_points,
    round(rater.interval_upper, 3) as upper_points,
    rater.rated_count as people_count,
    rater.reviewer_id as drill_reviewer
from fct_rater as rater
where
    rater.cycle_id = $cycle
    and rater.is_flagged
    and (rater.interval_lower > 0 or rater.interval_upper < 0)
    and rater.reviewer_id in (
        select rating.reviewer_id
        from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
        inner join fct_rating as rating on rating.employee_id = person.employee_id and rating.cycle_id = person.cycle_id
    )
order by
    rater.severity > 0 desc,
    abs(rater.severity) desc,
    rater.reviewer_id
limit 1
