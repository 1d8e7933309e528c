-- One row per span of days from the final rating to the feedback: the rated people who got it in it, those of unknown date and those still without.
with person as (
    select
        feedback.cycle_id,
        case
            when not feedback.is_delivered then 7
            when feedback.feedback_days is null then 6
            when feedback.feedback_days <= 3 then 1
            when feedback.feedback_days <= 7 then 2
            when feedback.feedback_days <= 14 then 3
            when feedback.feedback_days <= 30 then 4
            else 5
        end as span
    from scoped_person(null, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    inner join fct_feedback as feedback on feedback.employee_id = person.employee_id and feedback.cycle_id = person.cycle_id
    where person.cycle_id in ($cycle, $compare)
),
scale(span, days_span, drill_from, drill_to, drill_sign) as (
    values
    (1, '0–3', 0, 4, null), (2, '4–7', 4, 8, null), (3, '8–14', 8, 15, null), (4, '15–30', 15, 31, null), (5, '31+', 31, 99999, null),
    (6, 'unknown', null, null, null), (7, 'none', null, null, 'feedback_waiting')
),
counted as (
    select
        cycle_id,
        span,
        count(*) as people_count,
        count(*) / sum(count(*)) over (partition by cycle_id) as people_share
    from person
    group by
        cycle_id,
        span
)
select
    scale.days_span,
    case when scale.drill_from is not null then 'feedback_days' end as drill_measure,
    scale.drill_from,
    scale.drill_to,
    scale.drill_sign,
    coalesce(now.people_count, 0) as people_count,
    round(coalesce(now.people_share, 0), 4) as people_share,
    round(before.people_share, 4) as compare_people_share,
    sum(coalesce(now.people_count, 0)) over ()::bigint as total_count
from scale
left join counted as now on now.span = scale.span and now.cycle_id = $cycle
left join counted as before on before.span = scale.span and before.cycle_id = $compare
where
    exists (select 1 from counted where cycle_id = $cycle)
    and (scale.span != 6 or now.people_count > 0)
order by scale.span
