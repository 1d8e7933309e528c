-- One row per performance cycle.
-- scope: everything
select
    cycle.cycle_id,
    coalesce(stated.cycle_name, cycle.cycle_id) as cycle_name,
    coalesce(stated.cycle_kind, period_kind(cycle.cycle_id)) as cycle_kind,
    cycle.starts_on,
    cycle.ends_on,
    lag(cycle.cycle_id) over (
        partition by coalesce(stated.cycle_kind, period_kind(cycle.cycle_id))
        order by cycle.starts_on, cycle.ends_on, cycle.cycle_id
    ) as previous_cycle_id,
    row_number() over (order by cycle.starts_on, cycle.ends_on, cycle.cycle_id) as cycle_order,
    setting.as_of > cycle.ends_on as is_closed,
    cycle.is_inferred,
    bounded((setting.as_of - cycle.starts_on) / greatest(cycle.ends_on - cycle.starts_on, 1)::double, 0, 1) as elapsed_share,
    coalesce(stated.check_in_days, own.check_in_days) as check_in_days,
    coalesce(
        stated.goals_due_on,
        cycle.starts_on + round(own.goals_due_share * (cycle.ends_on - cycle.starts_on + 1))::integer
    ) as goals_due_on,
    coalesce(
        stated.plans_due_on,
        cycle.starts_on + round(own.plan_due_share * (cycle.ends_on - cycle.starts_on + 1))::integer
    ) as plans_due_on,
    coalesce(stated.monitoring_due_on, cycle.ends_on) as monitoring_due_on,
    coalesce(stated.appraisal_due_on, cycle.ends_on + own.appraisal_due_days) as appraisal_due_on,
    stated.feedback_due_on,
    stated.improvement_due_on,
    stated.natural_key,
    stated.import_id,
    stated.sheet,
    stated.line
from int_cycle as cycle
cross join dim_setting as setting
join dim_cycle_setting as own
    on own.cycle_id = cycle.cycle_id
left join stg_cycle as stated
    on stated.cycle = cycle.cycle_id
