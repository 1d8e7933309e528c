-- One row per goal of an employee or a unit in a cycle.
-- scope: cycle_id
-- joins as written: goals are streamed past what is known of them.
select
    goal.goal_no,
    goal.goal_id,
    goal.cycle_id,
    case when goal.is_unit_goal then 'unit' else 'employee' end as owner_kind,
    goal.employee_id,
    coalesce(goal.unit_id, owner.unit_id) as unit_id,
    case when goal.unit_id is null then owner.unit else unit.unit end as unit,
    case when goal.unit_id is null then owner.unit_path else path.unit_path end as unit_path,
    goal.title,
    goal.category,
    goal.metric,
    goal.unit_of_measure,
    coalesce(goal.direction, 'increase') as direction,
    goal.baseline,
    goal.target,
    goal.target_lower,
    goal.target_upper,
    goal.actual,
    goal.actual_source,
    goal.weight,
    case
        when goal.is_cancelled then null
        else coalesce(goal.weight, owner.equal_weight) / owner.filled_weight_sum
    end as weight_share,
    coalesce(goal.commitment, 'committed') as commitment,
    coalesce(goal.is_strategic, false) as is_strategic,
    coalesce(goal.is_strategic, goal.employee_id is null and goal.unit_id is null)
    and not goal.is_inferred
    or coalesce(near.is_aligned, anywhere.is_aligned, false) as is_aligned,
    goal.parent_goal_id,
    goal.starts_on,
    goal.stated_starts_on,
    goal.due_on,
    goal.is_held,
    goal.shown_status as owner_status,
    goal.is_cancelled,
    goal.is_inferred,
    goal.attainment_raw,
    goal.attainment,
    goal.is_met,
    goal.elapsed_share,
    goal.pace,
    goal.status,
    goal.check_in_count,
    goal.last_check_in_on,
    goal.full_period_count,
    goal.cadence_share,
    goal.plan_item_count,
    goal.has_dated_plan,
    goal.milestone_share,
    goal.natural_key,
    goal.import_id,
    goal.sheet,
    goal.line
from int_goal_status as goal
left join int_goal_owner as owner
    on owner.cycle_id = goal.cycle_id
    and owner.owner_employee_id = coalesce(goal.employee_id, '')
    and owner.owner_unit_id = case when goal.is_unit_goal then coalesce(goal.unit_id, '') else '-' end
left join int_goal_parent as near
    on near.name = goal.parent_goal_id
    and near.cycle_id = goal.cycle_id
left join int_goal_parent_anywhere as anywhere
    on anywhere.name = goal.parent_goal_id
left join int_unit as unit
    on unit.unit_id = goal.unit_id
left join int_unit_path as path
    on path.unit_id = goal.unit_id
