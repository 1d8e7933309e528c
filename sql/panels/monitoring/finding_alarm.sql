-- One row: the metric that fell for most people at once, so that the cause is rather the environment; else the one person whose KPI fell alone.
with alarm as (
    select
        alarm.metric,
        alarm.employee_id,
        person.employee_name,
        alarm.cause_hint,
        alarm.is_unanswered,
        alarm.alarm_on
    from fct_alarm as alarm
    inner join scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person on person.employee_id = alarm.employee_id
    inner join dim_cycle as cycle on cycle.cycle_id = person.cycle_id
    where
        alarm.alarm_kind = 'dip'
        and alarm.alarm_on between cycle.starts_on and cycle.ends_on
),
metric as (
    select
        metric,
        count(distinct employee_id) filter (cause_hint in ('environment', 'both')) as people_count,
        count(*) filter (cause_hint in ('environment', 'both')) as environment_count,
        count(*) as alarm_count,
        count(*) filter (is_unanswered) as unanswered_count,
        min(alarm_on) filter (cause_hint in ('environment', 'both')) as first_on
    from alarm
    group by metric
),
own as (
    select
        metric,
        any_value(employee_name) as person,
        employee_id,
        count(*) as alarm_count
    from alarm
    where cause_hint = 'individual'
    group by
        metric,
        employee_id
    order by
        alarm_count desc,
        max(alarm_on) desc,
        employee_id
    limit 1
)
select
    case when metric.people_count > 1 then 'metric_environment' else 'metric_own' end as finding_key,
    coalesce(metric.metric, own.metric) as metric,
    metric.people_count,
    metric.environment_count,
    coalesce(metric.alarm_count, own.alarm_count) as alarm_count,
    metric.unanswered_count,
    metric.first_on,
    own.person,
    coalesce(metric.metric, own.metric) as drill_metric
from (select * from metric where people_count > 1 order by people_count desc, metric limit 1) as metric
full join own on true
