-- One row per owner and cycle with goals: what the weights stated for goals not cancelled add up to, what a goal without one
-- gets, an equal share of what they leave of 100 %, and the owner's unit. An owner is an employee, a unit, or nobody known.
-- joins as written
with owned as (
    select
        goal.cycle_id,
        goal.employee_id,
        case when goal.is_unit_goal then coalesce(goal.unit_id, '') end as owner_unit_id,
        goal.weight,
        coalesce(goal.owner_status, said.last_status, '') != 'cancelled' as is_live
    from int_goal as goal
    left join (select goal_no, last_status from int_goal_check_in where last_status = 'cancelled') as said
        on said.goal_no = goal.goal_no
),

summed as (
    select
        cycle_id,
        employee_id,
        owner_unit_id,
        coalesce(sum(weight) filter (where is_live), 0) as weight_sum,
        count(*) filter (where is_live and weight is null) as weightless_count
    from owned
    group by all
)

select
    owner.cycle_id,
    coalesce(owner.employee_id, '') as owner_employee_id,
    coalesce(owner.owner_unit_id, '-') as owner_unit_id,
    greatest(0, 1 - owner.weight_sum) / nullif(owner.weightless_count, 0) as equal_weight,
    nullif(owner.weight_sum + case when owner.weightless_count > 0 then greatest(0, 1 - owner.weight_sum) else 0 end, 0) as filled_weight_sum,
    person.unit_id,
    person.unit,
    person.unit_path
from summed as owner
left join int_employee_cycle as person
    on person.employee_id = owner.employee_id
    and person.cycle_id = owner.cycle_id
