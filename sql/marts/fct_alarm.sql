-- One row per alarm of a person's or unit's KPI, with what was done about it. A dip is one reading far off in the adverse direction, a shift a smaller
-- drop that has lasted, missing a reading that was due and did not come. is_unanswered: no check-in or conversation since.
with alarm as (
    select
        alarm.*,
        reaction.reacted_on,
        reaction.replanned_on,
        setting.as_of
    from int_alarm as alarm
    cross join dim_setting as setting
    left join int_alarm_reaction as reaction
        on reaction.natural_key = alarm.natural_key
        and reaction.alarm_kind = alarm.alarm_kind
        and reaction.alarm_on = alarm.alarm_on
),

-- where cycles overlap, a declared one before an inferred one and a short one before a long one
placed as (
    select day.alarm_on, cycle.cycle_id
    from (select distinct alarm_on from alarm) as day
    join dim_cycle as cycle
        on day.alarm_on between cycle.starts_on and cycle.ends_on
    qualify row_number() over (partition by day.alarm_on order by cycle.is_inferred, cycle.ends_on - cycle.starts_on, cycle.cycle_id) = 1
)

select
    alarm.alarm_kind,
    placed.cycle_id,
    alarm.employee_id,
    alarm.unit_id,
    coalesce(reading.metric, missing.metric) as metric,
    alarm.alarm_on,
    alarm.began_on,
    case when alarm.alarm_kind != 'missing' then reading.value end as value,
    case when alarm.alarm_kind != 'missing' then reading.expected end as expected,
    case when alarm.alarm_kind != 'missing' then reading.z end as z,
    case when alarm.alarm_kind = 'dip' then reading.cause_hint end as cause_hint,
    case when alarm.alarm_kind = 'dip' then reading.peer_shift end as peer_shift,
    alarm.reacted_on,
    alarm.reacted_on - alarm.alarm_on as reaction_days,
    case when alarm.reacted_on is null then 'no_evidence' end as reaction_days_reason,
    alarm.replanned_on,
    alarm.replanned_on - alarm.alarm_on as replan_days,
    case when alarm.replanned_on is null then 'no_evidence' end as replan_days_reason,
    alarm.reacted_on is null as is_unanswered,
    case when alarm.reacted_on is null then alarm.as_of - alarm.alarm_on end as waiting_days,
    alarm.natural_key,
    coalesce(reading.import_id, missing.import_id) as import_id,
    coalesce(reading.sheet, missing.sheet) as sheet,
    coalesce(reading.line, missing.line) as line
from alarm
left join placed
    on placed.alarm_on = alarm.alarm_on
left join fct_reading as reading
    on reading.natural_key = alarm.natural_key
left join fct_reading_missing as missing
    on missing.natural_key = alarm.natural_key
    and missing.missing_from_on + 1 = alarm.alarm_on
    and alarm.alarm_kind = 'missing'
