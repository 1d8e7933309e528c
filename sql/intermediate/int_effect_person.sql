-- One row per employee seen and measured in a begun cycle and the one before, and rated there: what they have in common with others, and
-- whether after that rating they had an improvement plan and a timely feedback conversation. Feedback of unknown date is neither.
with plan as (
    select distinct employee_id, cycle_id
    from main.fct_improvement_plan
    where plan_kind = 'improvement'
),

cut as (
    select cycle_id, quantile_cont(previous_attainment, [0.2, 0.4, 0.6, 0.8]) as fifth_from
    from int_employee_pair
    where previous_attainment is not null
    group by cycle_id
)

select
    pair.cycle_id,
    pair.employee_id,
    pair.previous_rating_label,
    1 + len(list_filter(cut.fifth_from, lambda bound: pair.previous_attainment > bound)) as previous_fifth,
    pair.attainment_change_points,
    pair.rating_change_points,
    plan.employee_id is not null as has_plan,
    case
        when feedback.employee_id is null or not feedback.is_delivered then false
        else feedback.is_timely
    end as has_timely_feedback
from int_employee_pair as pair
join dim_cycle as cycle
    on cycle.cycle_id = pair.cycle_id
join cut
    on cut.cycle_id = pair.cycle_id
left join plan
    on plan.cycle_id = cycle.previous_cycle_id
    and plan.employee_id = pair.employee_id
left join main.fct_feedback as feedback
    on feedback.cycle_id = cycle.previous_cycle_id
    and feedback.employee_id = pair.employee_id
where pair.previous_rating_label is not null
    and pair.previous_attainment is not null
    and pair.attainment_change_points is not null
