-- One row per cycle of the person, the newest first: the state of each step.
select
    person.cycle_id,
    person.attainment,
    person.measured_share,
    coalesce(max(case when $lang = 'zh' then scale.label_zh else scale.label_en end), person.rating_label) as rating,
    any_value(step.state) filter (step.step = 'goals') as goals_state,
    any_value(step.evidence_key) filter (step.step = 'goals') as goals_key,
    any_value(step.state) filter (step.step = 'plan') as plan_state,
    any_value(step.evidence_key) filter (step.step = 'plan') as plan_key,
    any_value(step.state) filter (step.step = 'monitoring') as monitoring_state,
    any_value(step.evidence_key) filter (step.step = 'monitoring') as monitoring_key,
    any_value(step.state) filter (step.step = 'appraisal') as appraisal_state,
    any_value(step.evidence_key) filter (step.step = 'appraisal') as appraisal_key,
    any_value(step.state) filter (step.step = 'feedback') as feedback_state,
    any_value(step.evidence_key) filter (step.step = 'feedback') as feedback_key,
    any_value(step.state) filter (step.step = 'improvement') as improvement_state,
    any_value(step.evidence_key) filter (step.step = 'improvement') as improvement_key,
    person.adjusted_attainment_change_points
from fct_employee_cycle as person
left join fct_step as step on step.employee_id = person.employee_id and step.cycle_id = person.cycle_id
left join dim_rating_label as scale on scale.cycle_id = person.cycle_id and scale.code = person.rating_label
left join dim_cycle as cycle on cycle.cycle_id = person.cycle_id
where person.employee_id = $employee_id
group by
    person.cycle_id,
    person.attainment,
    person.measured_share,
    person.rating_label,
    person.adjusted_attainment_change_points,
    cycle.starts_on
order by
    cycle.starts_on desc nulls last,
    person.cycle_id desc
