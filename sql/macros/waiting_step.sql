-- One row per step of the loop that waits for somebody, with the day it began to wait and the day it was or is due. A step of which no file of
-- any cycle says anything waits for nobody: it may be done elsewhere. People on leave are exempt.
create or replace macro waiting_step(p_cycle) as table
with person as (
    select
        step.*,
        cycle.ends_on,
        cycle.is_closed,
        figure.live_goal_count
    from worked_cycle(p_cycle) as cycle
    inner join fct_loop as step on step.cycle_id = cycle.cycle_id
    inner join fct_employee_cycle as figure on figure.employee_id = step.employee_id and figure.cycle_id = step.cycle_id
),
waiting as (
    select 'no_goals' as waiting_kind, 'goals' as step, employee_id, cycle_id, goals_due_on as since_on, goals_due_on as due_on
    from person
    where not is_closed and goals_state = 'missed' and live_goal_count = 0
    union all
    select 'unrated', 'appraisal', employee_id, cycle_id, ends_on, appraisal_due_on
    from person
    where is_closed and appraisal_state in ('open', 'missed')
    union all
    select
        case when rated.is_delivered then 'acknowledgement' else 'feedback' end,
        'feedback',
        person.employee_id,
        person.cycle_id,
        coalesce(rated.feedback_on, rated.rated_on, person.ends_on),
        person.feedback_due_on
    from person
    inner join fct_feedback as rated on rated.employee_id = person.employee_id and rated.cycle_id = person.cycle_id
    where person.feedback_state in ('open', 'missed')
    union all
    select 'improvement', 'improvement', person.employee_id, person.cycle_id, coalesce(person.appraisal_done_on, person.ends_on), person.improvement_due_on
    from person
    inner join fct_feedback as rated on rated.employee_id = person.employee_id and rated.cycle_id = person.cycle_id
    where rated.is_low_rated and person.improvement_state in ('open', 'missed')
)
select
    *,
    null::varchar as about,
    waiting_kind || ':' || md5(employee_id || '|' || cycle_id) as item_key
from waiting
where step in (select step from fct_step_unit where unit_id is null and is_known)
