-- One row per active employee, cycle and step of the loop: its state, when it was due and when it was done.
-- People on leave are exempt from what they have not done.
-- scope: cycle_id
with step as (
    select
        employee_id, cycle_id, employment_status, as_of, 'goals' as step, 1 as step_number,
        is_goals_done as is_done, goals_done_on as done_on, goals_due_on + joined_late_days::integer as due_on, last_goal_key as evidence_key
    from int_step_done
    union all
    select
        employee_id, cycle_id, employment_status, as_of, 'plan', 2,
        is_plan_done, planned_on, plans_due_on + joined_late_days::integer, plan_key
    from int_step_done
    union all
    select
        employee_id, cycle_id, employment_status, as_of, 'monitoring', 3,
        is_monitoring_done, least(last_check_in_on, monitoring_due_on), monitoring_due_on, null
    from int_step_done
    union all
    select
        employee_id, cycle_id, employment_status, as_of, 'appraisal', 4,
        rating_key is not null, rated_on, appraisal_due_on, rating_key
    from int_step_done
    union all
    select
        employee_id, cycle_id, employment_status, as_of, 'feedback', 5,
        feedback_key is not null, feedback_on, feedback_due, feedback_key
    from int_step_done
    union all
    select
        employee_id, cycle_id, employment_status, as_of, 'improvement', 6,
        followed_key is not null, followed_on, improvement_due, followed_key
    from int_step_done
),

stated as (
    select
        *,
        step_state(is_done, done_on, due_on, as_of) as found_state
    from step
)

select
    employee_id,
    cycle_id,
    step,
    step_number,
    case when found_state in ('missed', 'open') and employment_status = 'leave' then 'exempt' else found_state end as state,
    due_on,
    case when is_done then done_on end as done_on,
    case when is_done then evidence_key end as evidence_key,
    case
        when is_done and lag(is_done) over loop
            then done_on - lag(done_on) over loop
    end as days_from_previous
from stated
window loop as (partition by employee_id, cycle_id order by step_number)
