-- One row per active employee and cycle: the state of each step of the loop, when it was due, when it was done and by which row; how many
-- steps are done, whether the loop closed, and the first step missed. People on leave are exempt from what they have not done.
-- joins as written
-- scope: cycle_id
with stated as (
    select
        employee_id,
        cycle_id,
        loop_state(is_goals_done, goals_done_on, goals_due_on, as_of, employment_status) as goals_state,
        goals_due_on,
        case when is_goals_done then goals_done_on end as goals_done_on,
        case when is_goals_done then last_goal_key end as goals_key,
        loop_state(is_plan_done, planned_on, plans_due_on, as_of, employment_status) as plan_state,
        plans_due_on as plan_due_on,
        case when is_plan_done then planned_on end as plan_done_on,
        case when is_plan_done then plan_key end as plan_key,
        loop_state(is_monitoring_done, least(last_check_in_on, monitoring_due_on), monitoring_due_on, as_of, employment_status) as monitoring_state,
        monitoring_due_on,
        case when is_monitoring_done then least(last_check_in_on, monitoring_due_on) end as monitoring_done_on,
        loop_state(rating_key is not null, rated_on, appraisal_due_on, as_of, employment_status) as appraisal_state,
        appraisal_due_on,
        case when rating_key is not null then rated_on end as appraisal_done_on,
        rating_key as appraisal_key,
        loop_state(feedback_key is not null, feedback_on, feedback_due, as_of, employment_status) as feedback_state,
        feedback_due as feedback_due_on,
        case when feedback_key is not null then feedback_on end as feedback_done_on,
        feedback_key,
        loop_state(followed_key is not null, followed_on, improvement_due, as_of, employment_status) as improvement_state,
        improvement_due as improvement_due_on,
        case when followed_key is not null then followed_on end as improvement_done_on,
        followed_key as improvement_key
    from int_step_done
)

select
    *,
    is_step_done(goals_state) + is_step_done(plan_state) + is_step_done(monitoring_state)
    + is_step_done(appraisal_state) + is_step_done(feedback_state) + is_step_done(improvement_state) as step_done_count,
    step_done_count = 6 as is_closed_loop,
    is_closed_loop
    and 'late' not in (goals_state, plan_state, monitoring_state, appraisal_state, feedback_state, improvement_state) as is_closed_loop_on_time,
    case 'missed'
        when goals_state then 'goals'
        when plan_state then 'plan'
        when monitoring_state then 'monitoring'
        when appraisal_state then 'appraisal'
        when feedback_state then 'feedback'
        when improvement_state then 'improvement'
    end as leak_step
from stated
