-- One row per employee and cycle in which a file says anything about them. A check-in on a goal of the employee's own says no more
-- than the goal.
-- joins as written
select distinct employee_id, cycle_id
from (
    select employee_id, cycle_id from int_goal
    union all
    select employee_id, cycle_id
    from fct_check_in
    where goal_no is null
        or starts_with(goal_id, 'inferred|')
        or goal_no in (select goal_no from int_goal_stated where employee_id is null)
    union all
    select employee_id, cycle_id from int_appraisal
    union all
    select employee_id, cycle_id from int_calibration
)
where employee_id is not null
    and cycle_id is not null
