-- One row per goal of a cycle that has a text and is not cancelled: its SMART codes.
create or replace macro live_smart_code(p_cycle) as table
select code.*
from fct_smart_code as code
anti join (select goal_id from fct_goal where cycle_id = p_cycle and is_cancelled) as cancelled
    on cancelled.goal_id = code.goal_id
where code.cycle_id = p_cycle
