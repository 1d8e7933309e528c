-- One row per goal of the cycles in scope: stated by a goal file, or inferred from check-ins that name one no goal file has.
-- view: nearly every column of millions of rows is read once.
select
    stated.* exclude (goal_id),
    coalesce(alone.given_goal_id, stated.natural_key) as goal_id,
    false as is_inferred
from int_goal_owned as stated
left join int_goal_by_id as alone
    on alone.goal_no = stated.goal_no
where is_cycle_in_scope(stated.cycle_id)
union all by name
from int_goal_inferred
