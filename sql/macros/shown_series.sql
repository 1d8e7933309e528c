-- One row: the series of KPI readings to show, of those asked for and in scope: that of the newest alarm in the cycle, the farthest off first,
-- else one that was asked for by name; none where nothing stands out and nothing was asked for.
create or replace macro shown_series(p_cycle, p_metric, p_employee_id, p_unit, p_job_family, p_location, p_grade, p_manager, p_attributes) as table
with person as (
    select employee_id
    from scoped_person(p_cycle, p_unit, p_job_family, p_location, p_grade, p_manager, p_attributes)
    where p_employee_id is null or employee_id = p_employee_id
),
series as (
    select
        alarm.metric,
        alarm.employee_id,
        1 as place,
        alarm.alarm_on as newest_on,
        abs(alarm.z) as size
    from fct_alarm as alarm
    inner join person on person.employee_id = alarm.employee_id
    inner join dim_cycle as cycle on cycle.cycle_id = p_cycle
    where
        alarm.alarm_on between cycle.starts_on and cycle.ends_on
        and (p_metric is null or alarm.metric = p_metric)
    union all
    select
        reading.metric,
        reading.employee_id,
        2,
        reading.read_on,
        null
    from fct_reading as reading
    inner join person on person.employee_id = reading.employee_id
    where
        (p_metric is not null or p_employee_id is not null)
        and (p_metric is null or reading.metric = p_metric)
)
select
    metric,
    employee_id
from series
order by
    place,
    newest_on desc,
    size desc nulls last,
    metric,
    employee_id
limit 1
