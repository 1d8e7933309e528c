-- One row per step and state: the people of the cycle in it; what else is said of the step, or of the loop, is the same in each of its rows.
with evidence as (
    select 'goals' as step, exists (select 1 from fct_goal) as has_evidence
    union all
    select 'plan', exists (select 1 from fct_plan_item)
    union all
    select 'monitoring', exists (select 1 from fct_check_in)
    union all
    select 'appraisal', exists (select 1 from fct_appraisal)
    union all
    select 'feedback', exists (select 1 from fct_conversation)
    union all
    select 'improvement', exists (select 1 from fct_improvement_plan) or exists (select 1 from fct_incentive)
),
progress as (
    select
        step.step_number,
        step.step,
        step.state,
        person.is_closed_loop,
        person.leak_step is not distinct from step.step as is_lost_here,
        coalesce(
            min(step.step_number) filter (step.state in ('open', 'missed')) over (partition by step.employee_id) > step.step_number,
            true
        ) as has_reached,
        median(step.days_from_previous) over (partition by step.step) as median_days
    from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    inner join fct_step as step on step.employee_id = person.employee_id and step.cycle_id = person.cycle_id
),
onward as (  -- the cycle whose goals may hold this one's improvements; where none tells, this one's goals and those before
    select coalesce(
        (select min(cycle_id) from fct_carried_over where from_cycle_id = $cycle and is_carried_over is not null),
        $cycle
    ) as cycle_id
),
carried as (
    select
        any_value(one.from_cycle_id) as from_cycle_id,
        any_value(one.cycle_id) as to_cycle_id,
        count(distinct one.employee_id) as focus_count,
        count(distinct one.employee_id) filter (one.is_carried_over) as carried_count
    from onward
    inner join fct_carried_over as one on one.cycle_id = onward.cycle_id
    inner join scoped_person(null, $unit, $job_family, $location, $grade, $manager, $attributes) as person
        on person.employee_id = one.employee_id and person.cycle_id = one.cycle_id
    where one.is_carried_over is not null
)
select
    progress.step_number,
    progress.step,
    progress.state,
    count(*) as people_count,
    round(count(*) / sum(count(*)) over (partition by progress.step), 4) as people_share,
    any_value(evidence.has_evidence) as has_evidence,
    round(sum(count(*) filter (progress.has_reached)) over whole / sum(count(*)) over whole, 4) as reached_share,
    (sum(count(*) filter (progress.is_lost_here)) over whole)::bigint as leak_count,
    round(sum(count(*) filter (progress.is_lost_here)) over whole / sum(count(*)) over whole, 4) as leak_share,
    any_value(progress.median_days) as median_days,
    round(sum(count(*) filter (progress.is_closed_loop)) over whole / sum(count(*)) over whole, 4) as closed_share,
    any_value(carried.focus_count) as focus_count,
    round(any_value(carried.carried_count / nullif(carried.focus_count, 0)), 4) as carried_over_share,
    (select coalesce(cycle_name, cycle_id) from dim_cycle where cycle_id = any_value(carried.from_cycle_id)) as carried_from,
    (select coalesce(cycle_name, cycle_id) from dim_cycle where cycle_id = any_value(carried.to_cycle_id)) as carried_to,
    sum(count(*)) over whole::bigint as total_count
from progress
inner join evidence on evidence.step = progress.step
cross join carried
group by
    progress.step_number,
    progress.step,
    progress.state
window whole as (partition by progress.step)
order by
    progress.step_number,
    list_position(['on_time', 'late', 'exempt', 'open', 'missed'], progress.state)
