-- One row per goal id that goals of the cycles in scope have or rows in scope give. A build of everything does not ask for it.
-- view: read once.
select given_goal_id from int_goal_stated where is_cycle_in_scope(cycle_id)
union all
select goal_id from stg_check_in
union all
select goal_id from stg_plan_item
