-- One row: the KPI that fell for many at once, and the person whose KPI fell alone, where there are such.
with alarm as (
    select
        reading.metric,
        reading.employee_id,
        person.employee_name,
        reading.cause_hint,
        abs(reading.z) as size
    from fct_reading as reading
    inner join scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
        on person.employee_id = reading.employee_id
    inner join dim_cycle as cycle on cycle.cycle_id = person.cycle_id
    where
        reading.is_alarm
        and reading.read_on between cycle.starts_on and cycle.ends_on
),
shared as (
    select
        metric,
        count(distinct employee_id) as people_count
    from alarm
    where cause_hint in ('environment', 'both')
    group by metric
    order by people_count desc
    limit 1
),
own as (
    select
        metric,
        employee_id,
        any_value(employee_name) as employee_name,
        count(*) as alarm_count
    from alarm
    where cause_hint = 'individual'
    group by
        metric,
        employee_id
    order by
        alarm_count desc,
        max(size) desc
    limit 1
)
select
    case
        when own.employee_id is null then 'kpi_environment'
        when shared.metric is null then 'kpi_individual'
        else 'kpi_both'
    end as finding_key,
    shared.metric,
    shared.people_count,
    own.metric as own_metric,
    own.employee_name as person,
    own.alarm_count,
    coalesce(shared.metric, own.metric) as drill_metric
from shared
full join own on true
