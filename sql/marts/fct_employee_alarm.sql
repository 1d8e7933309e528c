-- One row per person and cycle with alarms of their KPIs: how many of which kind, and how many nobody has reacted to.
select
    employee_id,
    cycle_id,
    count(*) as alarm_count,
    count(*) filter (where alarm_kind = 'dip') as dip_count,
    count(*) filter (where alarm_kind = 'shift') as shift_count,
    count(*) filter (where alarm_kind = 'missing') as missing_count,
    count(*) filter (where is_unanswered) as unanswered_count,
    min(alarm_on) filter (where is_unanswered) as unanswered_since_on,
    median(reaction_days) as median_reaction_days,
    case when count(reaction_days) = 0 then 'no_evidence' end as median_reaction_days_reason
from fct_alarm
where employee_id is not null
group by employee_id, cycle_id
