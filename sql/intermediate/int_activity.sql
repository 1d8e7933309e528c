-- One row per employee and cycle in which a file says anything about them.
select distinct employee_id, cycle_id
from (
    select employee_id, cycle_id from int_goal
    union all
    select employee_id, cycle_id from fct_check_in
    union all
    select employee_id, cycle_id from int_appraisal
    union all
    select employee_id, cycle_id from int_calibration
)
where employee_id is not null
    and cycle_id is not null
