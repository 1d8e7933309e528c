-- One row per step and state: the people of the cycle in it, and whether any file is about the step at all.
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
)
select
    step.step_number,
    step.step,
    step.state,
    count(*) as people_count,
    round(count(*) / sum(count(*)) over (partition by step.step), 4) as people_share,
    any_value(evidence.has_evidence) as has_evidence,
    sum(count(*)) over (partition by step.step)::bigint as total_count
from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
inner join fct_step as step on step.employee_id = person.employee_id and step.cycle_id = person.cycle_id
inner join evidence on evidence.step = step.step
group by
    step.step_number,
    step.step,
    step.state
order by
    step.step_number,
    list_position(['on_time', 'late', 'exempt', 'open', 'missed'], step.state)
