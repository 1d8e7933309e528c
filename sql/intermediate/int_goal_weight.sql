-- One row per owner and cycle with goals: the weights stated for those not cancelled, and how many state none. An owner is an
-- employee, a unit, or nobody known.
-- A goal without a weight gets an equal share of what the stated weights leave of 100 %.
with live as (
    select
        goal.cycle_id,
        goal.employee_id,
        case when goal.is_unit_goal then coalesce(goal.unit_id, '') end as owner_unit_id,
        goal.weight
    from int_goal as goal
    left join (select goal_no, last_status from int_goal_check_in where last_status = 'cancelled') as said
        on said.goal_no = goal.goal_no
    where coalesce(goal.owner_status, said.last_status, '') != 'cancelled'
)

select
    cycle_id,
    coalesce(employee_id, '') as owner_employee_id,
    coalesce(owner_unit_id, '-') as owner_unit_id,
    coalesce(sum(weight), 0) as weight_sum,
    greatest(0, 1 - coalesce(sum(weight), 0)) / nullif(count(*) - count(weight), 0) as equal_weight,
    nullif(coalesce(sum(weight), 0) + case when count(*) > count(weight) then greatest(0, 1 - coalesce(sum(weight), 0)) else 0 end, 0) as filled_weight_sum
from live
group by all
