-- One row: how many raters are kinder or harder than attainment explains, and who is so most.
with reviewer as (
    select distinct rating.reviewer_id
    from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    inner join fct_rating as rating on rating.employee_id = person.employee_id and rating.cycle_id = person.cycle_id
)
select
    'raters' as finding_key,
    count(*) as rater_count,
    arg_max(coalesce(rater.reviewer_name, rater.reviewer_id), abs(rater.severity)) as reviewer_name,
    round(arg_max(rater.severity, abs(rater.severity)), 3) as severity_points,
    arg_max(rater.rated_count, abs(rater.severity)) as people_count,
    arg_max(rater.reviewer_id, abs(rater.severity)) as drill_reviewer
from fct_rater as rater
inner join reviewer on reviewer.reviewer_id = rater.reviewer_id
where
    rater.cycle_id = $cycle
    and rater.is_flagged
having count(*) > 0
