-- One row per span of days from a KPI alarm to the next check-in or conversation: the alarms answered in it, and those nobody has answered.
with alarm as (
    select
        alarm.employee_id,
        alarm.replanned_on,
        case
            when alarm.reacted_on is null then 6
            when alarm.reaction_days <= 3 then 1
            when alarm.reaction_days <= 7 then 2
            when alarm.reaction_days <= 14 then 3
            when alarm.reaction_days <= 30 then 4
            else 5
        end as span
    from fct_alarm as alarm
    inner join scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person on person.employee_id = alarm.employee_id
    where alarm.cycle_id = person.cycle_id
),
scale(span, reaction_span, drill_from, drill_to, drill_sign) as (
    values (1, '0–3', 0, 4, null), (2, '4–7', 4, 8, null), (3, '8–14', 8, 15, null), (4, '15–30', 15, 31, null), (5, '31+', 31, 99999, null),
    (6, 'none', null, null, 'alarm_unanswered')
)
select
    scale.reaction_span,
    case when scale.drill_from is not null then 'reaction_days' end as drill_measure,
    scale.drill_from,
    scale.drill_to,
    scale.drill_sign,
    count(alarm.span) as alarm_count,
    round(count(alarm.span) / sum(count(alarm.span)) over (), 4) as alarm_share,
    count(distinct alarm.employee_id) as people_count,
    count(alarm.replanned_on) as replanned_count,
    sum(count(alarm.span)) over ()::bigint as total_count
from scale
left join alarm on alarm.span = scale.span
where exists (select 1 from alarm)
group by
    scale.span,
    scale.reaction_span,
    scale.drill_from,
    scale.drill_to,
    scale.drill_sign
order by scale.span
