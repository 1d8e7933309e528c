-- One row per person and cycle with a formula: the goals as a part of it. Each goal counts by its score where it has a scoring rule, else by
-- 100 times its attainment; the mean is by weight over the goals with evidence.
select
    goal.cycle_id,
    goal.employee_id,
    count(*) filter (where coalesce(scored.score, goal.attainment) is not null) as goal_count,
    sum(goal.weight_share * coalesce(scored.score, 100 * goal.attainment))
    / nullif(sum(goal.weight_share) filter (where coalesce(scored.score, goal.attainment) is not null), 0) as mean_score
from fct_goal as goal
left join fct_goal_score as scored
    on scored.goal_id = goal.goal_id
    and scored.cycle_id = goal.cycle_id
where goal.owner_kind = 'employee'
    and not goal.is_cancelled
    and goal.cycle_id in (select cycle_id from int_score_formula)
group by goal.cycle_id, goal.employee_id
