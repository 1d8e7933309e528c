-- One row per KPI with alarms in the cycle, those with most first: how many, how many nobody reacted to, and where the cause seems to lie.
with alarm as (
    select
        metric,
        count(*) as alarm_count,
        count(*) filter (is_unanswered) as unanswered_count,
        count(distinct cause_hint) as cause_count,
        any_value(cause_hint) as cause_hint
    from fct_alarm
    where employee_id = $employee_id and cycle_id = $cycle
    group by metric
)
select
    'signal' as section,
    case when cause_count = 1 then 'alarm_' || cause_hint when cause_count > 1 then 'alarm_mixed' else 'alarm_untold' end as point_key,
    metric,
    alarm_count,
    unanswered_count
from alarm
order by
    alarm_count desc,
    metric
limit 3
