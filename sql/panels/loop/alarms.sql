-- One row per metric and cause hint (and person, where the cause is theirs): the alarms of the cycle.
select
    reading.metric,
    reading.cause_hint,
    count(*) as alarm_count,
    count(distinct reading.employee_id) as people_count,
    case when count(distinct reading.employee_id) = 1 then any_value(person.employee_name) end as employee_name,
    case when count(distinct reading.employee_id) = 1 then any_value(person.employee_id) end as employee_id,
    min(reading.read_on) as first_on,
    max(reading.read_on) as last_on,
    round(median(reading.z), 1) as median_z,
    round(median(reading.peer_shift), 1) as median_peer_shift,
    count(reading.reacted_on) as reacted_count,
    median(reading.reaction_days) as median_reaction_days
from fct_reading as reading
inner join scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person on person.employee_id = reading.employee_id
inner join dim_cycle as cycle on cycle.cycle_id = person.cycle_id
where
    reading.is_alarm
    and reading.read_on between cycle.starts_on and cycle.ends_on
group by
    reading.metric,
    reading.cause_hint,
    case when reading.cause_hint = 'individual' then reading.employee_id end
order by
    people_count desc,
    alarm_count desc,
    reading.metric
