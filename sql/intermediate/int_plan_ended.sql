-- One row per improvement plan begun by as_of (development actions are none): the rating that called for it, how it ended, and until when
-- whoever passed is followed. An outcome known without a day is dated by the plan's end.
-- view: read twice, of few rows.
select
    plan.plan_id,
    plan.employee_id,
    plan.cycle_id,
    plan.focus,
    plan.starts_on,
    plan.ends_on,
    rating.label as rating_label,
    coalesce(rating.rank <= own.low_label_count, false) as is_low_rated,
    plan.starts_on - rating.rated_on as start_days,
    case
        when plan.outcome is not null then plan.outcome
        when plan.ends_on < setting.as_of then 'unrecorded'
        else 'running'
    end as outcome_state,
    case when plan.outcome is not null then coalesce(plan.outcome_on, plan.ends_on) end as settled_on,
    case
        when plan.outcome = 'passed' then (coalesce(plan.outcome_on, plan.ends_on) + to_months(setting.plan_kept_months))::date
    end as kept_until,
    plan.natural_key,
    plan.import_id,
    plan.sheet,
    plan.line
from main.fct_improvement_plan as plan
cross join dim_setting as setting
left join main.fct_rating as rating
    on rating.employee_id = plan.employee_id
    and rating.cycle_id = plan.cycle_id
left join dim_cycle_setting as own
    on own.cycle_id = plan.cycle_id
where plan.plan_kind = 'improvement'
