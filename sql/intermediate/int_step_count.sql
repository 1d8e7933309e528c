-- One row per unit, cycle, step, state, days since the step before, and whether it is the first missed of those of which some file says
-- something: how many people.
with known as (
    select cycle_id, list(step) as steps
    from int_step_known
    group by cycle_id
),

person as (
    select
        loop.*,
        place.unit_id,
        case
            when loop.goals_state = 'missed' and 'goals' in known.steps then 1
            when loop.plan_state = 'missed' and 'plan' in known.steps then 2
            when loop.monitoring_state = 'missed' and 'monitoring' in known.steps then 3
            when loop.appraisal_state = 'missed' and 'appraisal' in known.steps then 4
            when loop.feedback_state = 'missed' and 'feedback' in known.steps then 5
            when loop.improvement_state = 'missed' and 'improvement' in known.steps then 6
            else 0
        end as leak_number
    from fct_loop as loop
    join fct_employee_cycle as place
        on place.employee_id = loop.employee_id
        and place.cycle_id = loop.cycle_id
    left join known
        on known.cycle_id = loop.cycle_id
),

step as (
    select cycle_id, unit_id, 'goals' as step, 1 as step_number, goals_state as state, null as days_from_previous, leak_number
    from person
    union all
    select cycle_id, unit_id, 'plan', 2, plan_state, plan_done_on - goals_done_on, leak_number
    from person
    union all
    select cycle_id, unit_id, 'monitoring', 3, monitoring_state, monitoring_done_on - plan_done_on, leak_number
    from person
    union all
    select cycle_id, unit_id, 'appraisal', 4, appraisal_state, appraisal_done_on - monitoring_done_on, leak_number
    from person
    union all
    select cycle_id, unit_id, 'feedback', 5, feedback_state, feedback_done_on - appraisal_done_on, leak_number
    from person
    union all
    select cycle_id, unit_id, 'improvement', 6, improvement_state, improvement_done_on - feedback_done_on, leak_number
    from person
)

select
    cycle_id,
    unit_id,
    step,
    step_number,
    state,
    days_from_previous,
    step_number = leak_number as is_leak,
    count(*) as person_count
from step
group by all
