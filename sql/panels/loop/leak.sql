-- One row per step: the people who have done it and all before it, and those who missed it first.
with progress as (
    select
        person.cycle_id,
        person.employee_id,
        any_value(person.leak_step) as leak_step,
        min(step.step_number) filter (step.state in ('open', 'missed')) as first_undone_number
    from scoped_person(null, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    inner join fct_step as step on step.employee_id = person.employee_id and step.cycle_id = person.cycle_id
    where person.cycle_id in ($cycle, $compare)
    group by
        person.cycle_id,
        person.employee_id
),
step as (
    select distinct
        step_number,
        step
    from fct_step
),
reached as (
    select
        step.step_number,
        step.step,
        progress.cycle_id,
        count(*) as people_count,
        count(*) filter (coalesce(progress.first_undone_number, 7) > step.step_number) as reached_count,
        count(*) filter (progress.leak_step = step.step) as leak_count
    from step
    cross join progress
    group by
        step.step_number,
        step.step,
        progress.cycle_id
)
select
    step,
    round(max(reached_count / people_count) filter (cycle_id = $cycle), 4) as reached_share,
    max(reached_count) filter (cycle_id = $cycle) as people_count,
    max(leak_count) filter (cycle_id = $cycle) as leak_count,
    round(max(reached_count / people_count) filter (cycle_id = $compare), 4) as compare_reached_share,
    max(people_count) filter (cycle_id = $cycle) as total_count
from reached
group by
    step_number,
    step
order by step_number
