-- One row per step after the first: days from the step before, for those who have done both.
with days as (
    select
        step.step_number,
        step.step,
        person.cycle_id,
        step.days_from_previous
    from scoped_person(null, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    inner join fct_step as step on step.employee_id = person.employee_id and step.cycle_id = person.cycle_id
    where
        person.cycle_id in ($cycle, $compare)
        and step.days_from_previous is not null
)
select
    step,
    count(*) filter (cycle_id = $cycle) as people_count,
    median(days_from_previous) filter (cycle_id = $cycle) as median_days,
    quantile_cont(days_from_previous, 0.25) filter (cycle_id = $cycle) as lower_quartile_days,
    quantile_cont(days_from_previous, 0.75) filter (cycle_id = $cycle) as upper_quartile_days,
    median(days_from_previous) filter (cycle_id = $compare) as compare_median_days
from days
group by
    step_number,
    step
having count(*) filter (cycle_id = $cycle) > 0
order by step_number
