-- One row per way in which the improvement plans that the cycle's ratings called for ended.
with plan as (
    select
        outcome.outcome_state,
        person.employee_id
    from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    inner join fct_plan_outcome as outcome on outcome.employee_id = person.employee_id and outcome.cycle_id = person.cycle_id
)
select
    outcome_state as plan_outcome,
    count(*) as plan_count,
    round(count(*) / sum(count(*)) over (), 4) as plan_share,
    count(distinct employee_id) as people_count
from plan
group by outcome_state
order by
    plan_count desc,
    plan_outcome
