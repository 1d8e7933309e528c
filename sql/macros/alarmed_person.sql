-- One row per alarm that fell into a cycle: of a metric, of a kind (a dip where none is named) and of a likely cause; null asks for any.
create or replace macro alarmed_person(p_cycle, p_metric, p_alarm, p_cause) as table
select alarm.employee_id
from fct_alarm as alarm
inner join dim_cycle as cycle on cycle.cycle_id = p_cycle
where
    alarm.alarm_on between cycle.starts_on and cycle.ends_on
    and alarm.employee_id is not null
    and alarm.alarm_kind = coalesce(p_alarm, 'dip')
    and (p_metric is null or alarm.metric = p_metric)
    and (p_cause is null or coalesce(alarm.cause_hint, 'unknown') = p_cause)
