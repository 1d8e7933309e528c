-- One row per active employee, cycle and step of the loop: its state, when it was due and when it was done.
-- view: fct_loop has the same figures in a sixth of the rows.
-- scope: cycle_id
select
    employee_id,
    cycle_id,
    'goals' as step,
    1 as step_number,
    goals_state as state,
    goals_due_on as due_on,
    goals_done_on as done_on,
    goals_key as evidence_key,
    null::bigint as days_from_previous
from main.fct_loop
union all
select employee_id, cycle_id, 'plan', 2, plan_state, plan_due_on, plan_done_on, plan_key, plan_done_on - goals_done_on
from main.fct_loop
union all
select employee_id, cycle_id, 'monitoring', 3, monitoring_state, monitoring_due_on, monitoring_done_on, null, monitoring_done_on - plan_done_on
from main.fct_loop
union all
select employee_id, cycle_id, 'appraisal', 4, appraisal_state, appraisal_due_on, appraisal_done_on, appraisal_key, appraisal_done_on - monitoring_done_on
from main.fct_loop
union all
select employee_id, cycle_id, 'feedback', 5, feedback_state, feedback_due_on, feedback_done_on, feedback_key, feedback_done_on - appraisal_done_on
from main.fct_loop
union all
select employee_id, cycle_id, 'improvement', 6, improvement_state, improvement_due_on, improvement_done_on, improvement_key, improvement_done_on - feedback_done_on
from main.fct_loop
