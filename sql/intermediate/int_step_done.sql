-- One row per active employee and cycle: whether and when each step was done, by which row, and when it is due.
-- Files do not say when goals were agreed: the latest start of a live goal stands for it, else the cycle's first day.
-- view: read once.
-- Someone hired after the cycle began gets the same time for goals and plan as the others, counted from the hire date.
with base as (
    select
        person.employee_id,
        person.cycle_id,
        person.employment_status,
        cycle.ends_on as cycle_ends_on,
        case when person.hired_on > cycle.starts_on then least(person.hired_on, cycle.ends_on) - cycle.starts_on else 0 end as joined_late_days,
        cycle.goals_due_on,
        cycle.plans_due_on,
        cycle.monitoring_due_on,
        cycle.appraisal_due_on,
        cycle.feedback_due_on,
        cycle.improvement_due_on,
        goal.live_goal_count > 0 and goal.is_weight_complete as has_goals,
        coalesce(goal.last_goal_starts_on, cycle.starts_on) as goals_done_on,
        goal.last_goal_key,
        goal.plan_coverage_share,
        goal.cadence_share,
        goal.last_check_in_on,
        rating.natural_key as rating_key,
        rating.rated_on
    from int_employee_cycle as person
    join dim_cycle as cycle
        on cycle.cycle_id = person.cycle_id
    left join int_employee_goal as goal
        on goal.employee_id = person.employee_id
        and goal.cycle_id = person.cycle_id
    left join fct_rating as rating
        on rating.employee_id = person.employee_id
        and rating.cycle_id = person.cycle_id
)

select
    base.* replace (base.goals_due_on + base.joined_late_days::integer as goals_due_on, base.plans_due_on + base.joined_late_days::integer as plans_due_on),
    setting.as_of,
    coalesce(base.has_goals, false) as is_goals_done,
    coalesce(base.plan_coverage_share >= own.plan_coverage_from - 1e-9, false) as is_plan_done,
    plan.planned_on,
    plan.plan_key,
    setting.as_of > base.cycle_ends_on and coalesce(base.cadence_share >= own.cadence_from - 1e-9, false) as is_monitoring_done,
    feedback.feedback_on,
    feedback.feedback_key,
    coalesce(base.feedback_due_on, coalesce(base.rated_on, base.appraisal_due_on) + own.feedback_due_days) as feedback_due,
    followed.followed_on,
    followed.followed_key,
    coalesce(base.improvement_due_on, coalesce(base.rated_on, base.appraisal_due_on) + own.improvement_due_days) as improvement_due
from base
cross join dim_setting as setting
join dim_cycle_setting as own
    on own.cycle_id = base.cycle_id
left join int_step_plan as plan
    on plan.employee_id = base.employee_id
    and plan.cycle_id = base.cycle_id
left join int_step_feedback as feedback
    on feedback.employee_id = base.employee_id
    and feedback.cycle_id = base.cycle_id
left join int_step_improvement as followed
    on followed.employee_id = base.employee_id
    and followed.cycle_id = base.cycle_id
