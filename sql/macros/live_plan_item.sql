-- One row per plan item of a person's goal in a cycle that is not cancelled.
create or replace macro live_plan_item(p_cycle) as table
select item.*
from fct_plan_item as item
anti join (select goal_no from fct_goal where cycle_id = p_cycle and is_cancelled) as cancelled
    on cancelled.goal_no = item.goal_no
where
    item.cycle_id = p_cycle
    and item.employee_id is not null
