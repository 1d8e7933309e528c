-- One row per KPI reading of the person, the newest first.
select
    reading.metric,
    reading.read_on,
    reading.value,
    reading.expected,
    reading.unit_of_measure,
    reading.z,
    reading.is_alarm,
    reading.cause_hint,
    alarm.reaction_days,
    reading.natural_key
from fct_reading as reading
left join fct_alarm as alarm
    on alarm.natural_key = reading.natural_key
    and alarm.alarm_kind = 'dip'
where reading.employee_id = $employee_id
order by
    reading.read_on desc,
    reading.metric
