-- One row per unit below the chosen one (or the top) whose ratings led to improvement plans: how soon they began and how they ended.
select
    person.branch_unit as unit,
    person.branch_unit_id as unit_id,
    count(*) as plan_count,
    round(avg(outcome.is_started_in_time::int), 4) as in_time_share,
    round(median(outcome.plan_days), 1) as median_plan_days,
    count(*) filter (outcome.outcome_state = 'passed') as passed_count,
    count(*) filter (outcome.outcome_state = 'extended') as extended_count,
    count(*) filter (outcome.outcome_state = 'failed') as failed_count,
    count(*) filter (outcome.outcome_state in ('running', 'unrecorded')) as open_count,
    round(avg(outcome.is_kept::int), 4) as kept_share,
    count(distinct person.employee_id) as people_count
from branch_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
inner join fct_plan_outcome as outcome on outcome.employee_id = person.employee_id and outcome.cycle_id = person.cycle_id
group by
    person.branch_unit,
    person.branch_unit_id
order by
    plan_count desc,
    person.branch_unit_id
