-- One row per value of a measure that a person of a cycle has: of a goal's pace or chance there may be several a person.
create or replace macro measured_person(p_cycle, p_measure) as table
select
    employee_id,
    pace as value
from fct_goal
where
    cycle_id = p_cycle
    and p_measure = 'pace'
    and not is_cancelled
union all
select
    employee_id,
    chance_share
from fct_goal_forecast
where
    cycle_id = p_cycle
    and p_measure = 'chance'
union all
select
    employee_id,
    feedback_days
from fct_feedback
where
    cycle_id = p_cycle
    and p_measure = 'feedback_days'
union all
select
    employee_id,
    reaction_days
from fct_alarm
where
    cycle_id = p_cycle
    and p_measure = 'reaction_days'
union all
select
    employee_id,
    case p_measure when 'goal_count' then live_goal_count when 'plan_coverage' then plan_coverage_share end
from fct_employee_cycle
where
    cycle_id = p_cycle
    and p_measure in ('goal_count', 'plan_coverage')
union all
select
    employee_id,
    late_days
from live_plan_item(p_cycle)
where
    p_measure = 'late_days'
    and due_on <= (select as_of from dim_setting)
