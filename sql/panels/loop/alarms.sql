-- One row per metric and cause hint (and person, where the cause is theirs): the alarms of the cycle.
select
    alarm.metric,
    alarm.cause_hint,
    count(*) as alarm_count,
    count(distinct alarm.employee_id) as people_count,
    case when count(distinct alarm.employee_id) = 1 then any_value(person.employee_name) end as employee_name,
    case when count(distinct alarm.employee_id) = 1 then any_value(person.employee_id) end as employee_id,
    min(alarm.alarm_on) as first_on,
    max(alarm.alarm_on) as last_on,
    round(median(alarm.z), 1) as median_z,
    round(median(alarm.peer_shift), 1) as median_peer_shift,
    count(alarm.reacted_on) as reacted_count,
    median(alarm.reaction_days) as median_reaction_days
from fct_alarm as alarm
inner join scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person on person.employee_id = alarm.employee_id
inner join dim_cycle as cycle on cycle.cycle_id = person.cycle_id
where
    alarm.alarm_kind = 'dip'
    and alarm.alarm_on between cycle.starts_on and cycle.ends_on
group by
    alarm.metric,
    alarm.cause_hint,
    case when alarm.cause_hint = 'individual' then alarm.employee_id end
order by
    people_count desc,
    alarm_count desc,
    alarm.metric
