-- One row per thing still open, of each kind the three that are oldest: items of goals' plans past their date, plans that run, steps that wait.
with open as (
    select 'item_overdue' as point_key, item.title, item.due_on, item.late_days as overdue_days, null::varchar as waiting_kind
    from fct_plan_item as item
    where item.employee_id = $employee_id and item.is_overdue and item.cycle_id in ($cycle, (select cycle_id from dim_cycle where previous_cycle_id = $cycle limit 1))
    union all
    select case when plan.ends_on is null then 'plan_runs_openly' else 'plan_runs' end, plan.focus, plan.ends_on, null, null
    from fct_improvement_plan as plan
    where plan.employee_id = $employee_id and plan.outcome is null and plan.focus is not null
    union all
    select 'waits', null, item.due_on, $as_of::date - item.since_on, item.waiting_kind
    from waiting_step($cycle) as item
    where item.employee_id = $employee_id
)
select
    'open' as section,
    *
from open
qualify row_number() over (partition by point_key order by due_on nulls last, title) <= 3
order by
    point_key,
    due_on nulls last,
    title
