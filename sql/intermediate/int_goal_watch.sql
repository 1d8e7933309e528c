-- One row per employee and cycle with running goals of their own, or goals of which they say how they stand: the owner's statuses against the computed ones, and check-ins that are due.
-- A check-in is due check_in_days after the last one, at first after the goal's start, until the goal is done or its due date is past.
with live as (
    select
        goal.employee_id,
        goal.cycle_id,
        status_level(goal.owner_status) as owner_level,
        status_level(goal.status) as computed_level,
        case
            when cycle.is_closed or coalesce(goal.attainment >= 1, false) or goal.due_on < setting.as_of or goal.starts_on > setting.as_of then null
            else greatest(goal.last_check_in_on, goal.starts_on) + cycle.check_in_days
        end as next_check_in_due_on,
        setting.as_of
    from fct_goal as goal
    cross join dim_setting as setting
    join dim_cycle as cycle
        on cycle.cycle_id = goal.cycle_id
    where goal.owner_kind = 'employee'
        and not goal.is_cancelled
        and (goal.owner_status is not null or not cycle.is_closed)  -- else there is nothing to count
)

select
    employee_id,
    cycle_id,
    count(owner_level + computed_level) as owner_status_count,
    count(*) filter (where owner_level > computed_level) as owner_kinder_count,
    count(*) filter (where owner_level < computed_level) as owner_harder_count,
    count(next_check_in_due_on) as watched_goal_count,
    count(*) filter (where next_check_in_due_on < as_of) as goal_check_in_overdue_count,
    min(next_check_in_due_on) as next_check_in_due_on
from live
group by employee_id, cycle_id
