-- One row per KPI alarm of the cycle, those nobody has answered first, the longest waiting first.
select
    alarm.metric,
    person.employee_name,
    person.employee_id,
    person.unit,
    person.manager_name,
    alarm.alarm_kind,
    alarm.cause_hint,
    alarm.alarm_on,
    alarm.value,
    alarm.expected,
    alarm.waiting_days,
    alarm.reacted_on,
    alarm.replanned_on,
    count(*) over () as total_count
from fct_alarm as alarm
inner join scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person on person.employee_id = alarm.employee_id
where alarm.cycle_id = person.cycle_id
order by
    alarm.is_unanswered desc,
    alarm.waiting_days desc nulls last,
    alarm.alarm_on desc,
    alarm.natural_key,
    alarm.alarm_kind
limit 100
