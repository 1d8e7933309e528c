-- One row per metric with sudden falls in the cycle: how many point to the environment, to the person, to both, or cannot tell.
select
    alarm.metric,
    'dip' as alarm_kind,
    count(*) filter (alarm.cause_hint = 'environment') as environment_count,
    count(*) filter (alarm.cause_hint = 'both') as both_count,
    count(*) filter (alarm.cause_hint = 'individual') as individual_count,
    count(*) filter (alarm.cause_hint is null) as unknown_count,
    count(*) as alarm_count,
    count(distinct alarm.employee_id) as people_count,
    min(alarm.alarm_on) as first_on,
    max(alarm.alarm_on) as last_on,
    count(alarm.reacted_on) as reacted_count,
    median(alarm.reaction_days) as median_reaction_days,
    sum(count(*)) over ()::bigint as total_count
from fct_alarm as alarm
inner join scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person on person.employee_id = alarm.employee_id
inner join dim_cycle as cycle on cycle.cycle_id = person.cycle_id
where
    alarm.alarm_kind = 'dip'
    and alarm.alarm_on between cycle.starts_on and cycle.ends_on
group by alarm.metric
order by
    alarm_count desc,
    alarm.metric
limit 12
