-- One row per person of the cycle whom somebody should talk to, the most urgent first.
with person as (
    select *
    from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes)
),
step as (
    select
        employee_id,
        bool_or(step = 'feedback' and state = 'missed') and exists (select 1 from fct_conversation) as is_without_feedback,
        bool_or(step = 'improvement' and state = 'missed') and exists (select 1 from fct_improvement_plan) as is_without_plan
    from fct_step
    where cycle_id = $cycle
    group by employee_id
),
alarm as (
    select
        reading.employee_id,
        count(*) as alarm_count
    from fct_reading as reading
    inner join dim_cycle as cycle on cycle.cycle_id = $cycle
    where
        reading.is_alarm
        and reading.read_on between cycle.starts_on and cycle.ends_on
    group by reading.employee_id
),
reason as (
    select
        person.*,
        coalesce(alarm.alarm_count, 0) as alarm_count,
        coalesce(step.is_without_plan, false) and person.rating_rank <= 2 as is_low_without_plan,
        coalesce(step.is_without_feedback, false) as is_without_feedback
    from person
    left join step on step.employee_id = person.employee_id
    left join alarm on alarm.employee_id = person.employee_id
),
urgent as (
    select
        *,
        5 * is_low_without_plan::int + 3 * least(goal_overdue_count, 2) + 2 * least(goal_off_track_count, 2)
        + 3 * (alarm_count > 0)::int + 2 * is_without_feedback::int as urgency
    from reason
)
select
    employee_name,
    employee_id,
    unit,
    manager_name,
    concat_ws(
        '|',
        case when is_low_without_plan then 'low_rating_without_plan:1' end,
        case when alarm_count > 0 then 'alarm:' || alarm_count end,
        case when goal_overdue_count > 0 then 'overdue:' || goal_overdue_count end,
        case when goal_off_track_count > 0 then 'off_track:' || goal_off_track_count end,
        case when is_without_feedback then 'no_feedback:1' end
    ) as reasons,
    attainment,
    measured_share,
    coalesce(case when $lang = 'zh' then scale.label_zh else scale.label_en end, urgent.rating_label) as rating,
    days_since_check_in as since_check_in_days
from urgent
left join dim_rating_label as scale on scale.cycle_id = urgent.cycle_id and scale.code = urgent.rating_label
where urgency > 0
order by
    urgency desc,
    attainment nulls last,
    employee_id
limit 50
