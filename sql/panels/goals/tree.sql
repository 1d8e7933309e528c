-- One row per node of the tree of alignment: a strategic objective, the units whose goals lead up to it, and, of a unit that has none below it,
-- its managers and people. A goal that leads to no objective hangs below a node of its own.
with person as materialized (
    select
        branch_unit_id,
        branch_unit,
        coalesce(manager_id, '') as manager_id,
        coalesce(manager_name, manager_id, 'no_manager') as manager,
        employee_id,
        coalesce(employee_name, employee_id) as employee_name,
        cycle_id
    from branch_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes)
),
goal as materialized (
    select
        person.*,
        case when goal.is_aligned then coalesce(objective.objective_id, 'elsewhere') else 'unlinked' end as objective_id,
        case when goal.is_aligned then coalesce(objective.objective, 'elsewhere') else 'unlinked' end as objective
    from person
    inner join fct_goal as goal on goal.employee_id = person.employee_id and goal.cycle_id = person.cycle_id
    left join goal_objective($cycle) as objective on objective.name = goal.parent_goal_id
    where not goal.is_cancelled
),
leaf as (
    select count(distinct branch_unit_id) = 1 as is_leaf
    from person
),
counted as (
    select
        grouping_id(branch_unit_id, manager_id, employee_id) as depth_bits,
        objective_id,
        branch_unit_id,
        manager_id,
        employee_id,
        any_value(objective) as objective,
        any_value(branch_unit) as branch_unit,
        any_value(manager) as manager,
        any_value(employee_name) as employee_name,
        count(*) as goal_count,
        count(distinct goal.employee_id) as people_count
    from goal
    group by grouping sets ((objective_id), (objective_id, branch_unit_id), (objective_id, manager_id), (objective_id, manager_id, employee_id))
)
select
    case depth_bits when 7 then objective when 3 then branch_unit when 5 then manager else employee_name end as goal_branch,
    case depth_bits when 7 then 'objective' when 3 then 'unit' when 5 then 'manager' else 'person' end as branch_kind,
    goal_count,
    people_count,
    concat_ws(chr(31), objective_id, branch_unit_id, manager_id, employee_id) as node_key,
    case depth_bits when 7 then null when 4 then concat_ws(chr(31), objective_id, manager_id) else objective_id end as parent_key,
    case when depth_bits = 3 then branch_unit_id end as drill_unit,
    case when depth_bits = 5 and manager_id != '' then manager_id end as drill_manager,
    employee_id
from counted
cross join leaf
where
    depth_bits = 7
    or is_leaf = (depth_bits != 3)
order by
    depth_bits desc,
    objective_id = 'unlinked',
    goal_count desc,
    node_key
