-- One row per mention of a goal: the goal it means. By its id, else by its title among the owner's goals. Of several the
-- owner's own comes first, then the one in the same cycle; a stated owner or cycle that differs rules a goal out.
with by_title as (
    select *, fold(title) as folded_title
    from int_goal_stated
    where employee_id in (select employee_id from int_goal_mention where given_goal_id is null)
),

candidate as (
    select mention.*, goal.natural_key, goal.given_goal_id as found_goal_id, goal.employee_id as owner_id, goal.cycle_id as goal_cycle_id, goal.unit_id as goal_unit_id
    from int_goal_mention as mention
    join int_goal_stated as goal
        on goal.given_goal_id = mention.given_goal_id
    union all
    select mention.*, goal.natural_key, goal.given_goal_id, goal.employee_id, goal.cycle_id, goal.unit_id
    from int_goal_mention as mention
    join by_title as goal
        on goal.folded_title = mention.folded_title
        and goal.employee_id = mention.employee_id
        and mention.given_goal_id is null
),

found as (
    select *
    from candidate
    where (stated_cycle_id is null or goal_cycle_id = stated_cycle_id)
        and (employee_id is null or owner_id is null or owner_id = employee_id)
    qualify row_number() over (
        partition by mention_key
        order by (owner_id is not distinct from employee_id) desc, (goal_cycle_id is not distinct from cycle_id) desc, natural_key
    ) = 1
),

alone as (
    select given_goal_id
    from int_goal_stated
    where given_goal_id in (select found_goal_id from found)
    group by given_goal_id
    having count(*) = 1
)

select
    found.mention_key,
    found.natural_key,
    coalesce(alone.given_goal_id, found.natural_key) as goal_id,
    found.goal_cycle_id,
    found.goal_unit_id,
    found.owner_id as goal_employee_id
from found
left join alone
    on alone.given_goal_id = found.found_goal_id
