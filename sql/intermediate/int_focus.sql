-- One row per improvement plan whose cycle has a begun one of its kind after it, in scope: the words of its focus.
select
    next.cycle_id,
    plan.cycle_id as from_cycle_id,
    plan.employee_id,
    plan.plan_id,
    plan.focus,
    focus_words(plan.focus) as words,
    lower(nfc_normalize(trim(plan.focus))) as folded_focus,
    plan.natural_key
from main.fct_improvement_plan as plan
cross join dim_setting as setting
join dim_cycle as next
    on next.previous_cycle_id = plan.cycle_id
    and next.starts_on <= setting.as_of
where plan.plan_kind = 'improvement'
    and is_cycle_in_scope(next.cycle_id)
