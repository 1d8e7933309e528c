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
