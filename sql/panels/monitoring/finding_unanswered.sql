-- One row: how many KPI alarms of the cycle nobody has reacted to, and whose has waited longest.
select
    case when count(*) = 1 then 'alarm_unanswered_one' else 'alarm_unanswered' end as finding_key,
    count(*) as alarm_count,
    count(distinct alarm.employee_id) as people_count,
    max(alarm.waiting_days) as waiting_days,
    first(alarm.metric order by alarm.waiting_days desc, alarm.employee_id) as metric,
    first(coalesce(person.employee_name, person.employee_id) order by alarm.waiting_days desc, alarm.employee_id) as person,
    'alarm_unanswered' as drill_sign
from fct_alarm as alarm
inner join scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person on person.employee_id = alarm.employee_id
where
    alarm.cycle_id = person.cycle_id
    and alarm.is_unanswered
    and not (select is_closed from dim_cycle where cycle_id = $cycle)  -- afterwards nobody can react any more
having count(*) > 0
