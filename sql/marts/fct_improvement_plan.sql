-- One row per improvement plan or development action begun by as_of.
-- scope: natural_key of improvement_plan
select
    coalesce(plan.plan_id, plan.natural_key) as plan_id,
    coalesce(plan.cycle, dated.cycle_id) as cycle_id,
    coalesce(plan.employee_id, person.employee_id) as employee_id,
    coalesce(plan.plan_kind, 'improvement') as plan_kind,
    plan.focus,
    plan.starts_on,
    plan.ends_on,
    case when plan.outcome_on <= setting.as_of or plan.outcome_on is null then plan.outcome end as outcome,
    case when plan.outcome_on <= setting.as_of then plan.outcome_on end as outcome_on,
    plan.natural_key,
    plan.import_id,
    plan.sheet,
    plan.line
from stg_improvement_plan as plan
cross join dim_setting as setting
left join int_person_ref as person
    on person.person_key = plan.person_key
left join int_cycle_of_date as dated
    on dated.on_date = plan.starts_on
    and dated.is_after
    and plan.cycle is null
where plan.starts_on <= setting.as_of
    or plan.starts_on is null
