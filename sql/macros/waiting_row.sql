-- One row per check-in, alarm or plan item that waits for somebody, with the day it began to wait and, in about, what it is about.
create or replace macro waiting_row(p_cycle) as table
select
    'check_in' as waiting_kind,
    'monitoring' as step,
    watch.employee_id,
    watch.cycle_id,
    watch.next_check_in_due_on as since_on,
    watch.next_check_in_due_on as due_on,
    null::varchar as about,
    'check_in:' || md5(watch.employee_id || '|' || watch.cycle_id || '|' || watch.next_check_in_due_on) as item_key
from fct_employee_monitoring as watch
inner join fct_loop as step on step.employee_id = watch.employee_id and step.cycle_id = watch.cycle_id
where
    watch.cycle_id = p_cycle
    and watch.is_check_in_overdue
    and step.monitoring_state != 'exempt'
    and exists (select 1 from fct_step_unit where unit_id is null and step = 'monitoring' and is_known)
union all
select
    'alarm',
    'monitoring',
    alarm.employee_id,
    alarm.cycle_id,
    alarm.alarm_on,
    null,
    alarm.metric,
    'alarm:' || md5(alarm.natural_key || '|' || alarm.alarm_kind || '|' || alarm.alarm_on)
from fct_alarm as alarm
where
    alarm.cycle_id = p_cycle
    and alarm.is_unanswered
    and alarm.employee_id is not null
union all
select
    'plan_item',
    'plan',
    item.employee_id,
    item.cycle_id,
    item.due_on,
    item.due_on,
    item.title,
    'plan_item:' || md5(item.natural_key)
from fct_plan_item as item
inner join worked_cycle(p_cycle) as cycle on cycle.cycle_id = item.cycle_id
where
    not cycle.is_closed
    and item.is_overdue
    and item.employee_id is not null
