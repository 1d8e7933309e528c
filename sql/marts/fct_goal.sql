-- One row per goal of an employee or a unit in a cycle.
-- scope: cycle_id
select
    goal.goal_id,
    goal.cycle_id,
    case when goal.is_unit_goal then 'unit' else 'employee' end as owner_kind,
    goal.employee_id,
    coalesce(goal.unit_id, person.unit_id) as unit_id,
    unit.unit,
    path.unit_path,
    goal.title,
    goal.category,
    goal.metric,
    goal.unit_of_measure,
    coalesce(goal.direction, 'increase') as direction,
    goal.baseline,
    goal.target,
    goal.target_lower,
    goal.target_upper,
    rated.actual,
    rated.actual_source,
    goal.weight,
    rated.weight_share,
    coalesce(goal.commitment, 'committed') as commitment,
    coalesce(goal.is_strategic, false) as is_strategic,
    chain.natural_key is not null as is_aligned,
    goal.parent_goal_id,
    goal.starts_on,
    goal.due_on,
    rated.owner_status,
    rated.is_cancelled,
    goal.is_inferred,
    rated.attainment_raw,
    rated.attainment,
    rated.is_met,
    rated.elapsed_share,
    rated.pace,
    rated.status,
    rated.check_in_count,
    rated.last_check_in_on,
    rated.full_period_count,
    rated.cadence_share,
    rated.plan_item_count,
    rated.has_dated_plan,
    rated.milestone_share,
    goal.natural_key,
    goal.import_id,
    goal.sheet,
    goal.line
from int_goal as goal
join int_goal_status as rated
    using (natural_key)
left join int_goal_chain as chain
    on chain.natural_key = goal.natural_key
left join int_employee_cycle as person
    on person.employee_id = goal.employee_id
    and person.cycle_id = goal.cycle_id
left join int_unit as unit
    on unit.unit_id = coalesce(goal.unit_id, person.unit_id)
left join int_unit_path as path
    on path.unit_id = unit.unit_id
