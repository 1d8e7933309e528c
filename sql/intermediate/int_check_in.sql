-- One row per check-in up to as_of, with its goal; most give an id that is one goal's alone.
-- view: read once.
select
    goal.goal_no,
    check_in.given_goal_id as goal_id,
    goal.cycle_id,
    check_in.employee_id,
    coalesce(check_in.unit_id, goal.unit_id) as unit_id,
    check_in.checked_on,
    check_in.value,
    check_in.progress,
    check_in.owner_status,
    check_in.confidence,
    check_in.is_done,
    check_in.late_days,
    check_in.note,
    check_in.natural_key,
    check_in.import_id,
    check_in.sheet,
    check_in.line
from int_check_in_owned as check_in
join int_goal_by_id as goal
    on goal.goal_id_hash = hash(check_in.given_goal_id)
    and goal.goal_count = 1
where means_goal(
    check_in.given_goal_id, check_in.employee_id, check_in.stated_cycle_id,
    goal.given_goal_id, goal.employee_id, goal.cycle_id
)
union all by name
select * exclude (inferred_key, goal_title)
from int_check_in_named
