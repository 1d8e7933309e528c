-- One row per goal of the cycles in scope: stated by a goal file, under its id unless others have it too, or inferred from check-ins that name one no goal file has.
-- view: nearly every column of millions of rows is read once.
select
    stated.* exclude (goal_id),
    case when shared.given_goal_id is null then coalesce(stated.goal_id, stated.natural_key) else stated.natural_key end as goal_id,
    false as is_inferred
from int_goal_owned as stated
left join (select given_goal_id from int_goal_by_id where goal_count > 1) as shared
    on shared.given_goal_id = stated.goal_id
where is_cycle_in_scope(stated.cycle_id)
union all by name
from int_goal_inferred
