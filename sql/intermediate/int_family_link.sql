-- One row per cycle, job family, metric and category of its goals: the chance of reaching a target there, of the family on the metric, else of
-- the family; and whether the category belongs to another family.
select
    goal.cycle_id,
    goal.job_family,
    goal.metric_key,
    goal.category,
    coalesce(peer.chance, family.chance) as chance,
    coalesce(peer.measured_count, family.measured_count, 0) as measured_count,
    coalesce(belongs.job_family != goal.job_family, false) as is_other_family
from int_family_goal as goal
left join int_family_chance as peer
    on peer.cycle_id = goal.cycle_id
    and peer.job_family = goal.job_family
    and peer.metric_key = goal.metric_key
left join int_family_chance as family
    on family.cycle_id = goal.cycle_id
    and family.job_family = goal.job_family
    and family.metric_key is null
left join int_category_family as belongs
    on belongs.cycle_id = goal.cycle_id
    and belongs.folded_category = fold(goal.category)
where is_cycle_in_scope(goal.cycle_id)
