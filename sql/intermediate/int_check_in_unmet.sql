-- One row per check-in that does not find its goal by an id that is one goal's alone; most such name it by its title.
select
    check_in.*,
    goal_mention_key(
        check_in.given_goal_id, check_in.folded_title, check_in.employee_id,
        check_in.unit_id, check_in.stated_cycle_id, check_in.cycle_id
    ) as mention_key
from int_check_in_owned as check_in
left join int_goal_by_id as goal
    on goal.goal_id_hash = hash(check_in.given_goal_id)
    and goal.goal_count = 1
where not coalesce(means_goal(
    check_in.given_goal_id, check_in.employee_id, check_in.stated_cycle_id,
    goal.given_goal_id, goal.employee_id, goal.cycle_id
), false)
