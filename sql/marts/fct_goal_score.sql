-- One row per goal with a scoring rule: its score of 0 to 100 (or the rule's own bounds) beside its attainment, and how it comes about.
-- scope: cycle_id
with pieced as (
    select
        goal.goal_id,
        goal.cycle_id,
        goal.employee_id,
        goal.unit_id,
        goal.weight_share,
        rule.rule_level,
        goal.attainment_raw,
        piece_score(rule.pieces, goal.attainment_raw, rule.floor) as base_score,
        list_transform(
            rule.extras,
            lambda extra: extra_points(
                extra,
                goal.attainment_raw,
                value_ahead(
                    goal.direction,
                    goal.target,
                    coalesce(goal.target_lower, case when goal.target_upper is null then goal.target - own.maintain_band_share * abs(goal.target) end),
                    coalesce(goal.target_upper, case when goal.target_lower is null then goal.target + own.maintain_band_share * abs(goal.target) end),
                    goal.actual
                )
            )
        ) as extra_points,
        rule.floor,
        rule.cap
    from int_goal_rule as rule
    join fct_goal as goal
        on goal.natural_key = rule.natural_key
    join dim_cycle_setting as own
        on own.cycle_id = goal.cycle_id
),

summed as (
    select
        *,
        case
            when len(list_filter(extra_points, lambda points: points is null)) = 0
                then base_score + coalesce(list_sum(extra_points), 0)
        end as sum_score
    from pieced
)

select
    goal_id,
    cycle_id,
    employee_id,
    unit_id,
    rule_level,
    attainment_raw,
    round(base_score, 9) as base_score,
    case when sum_score is not null then round(coalesce(list_sum(list_filter(extra_points, lambda points: points < 0)), 0), 9) end as deducted_score,
    case when sum_score is not null then round(coalesce(list_sum(list_filter(extra_points, lambda points: points > 0)), 0), 9) end as bonus_score,
    round(bounded(sum_score, floor, cap), 9) as score,
    case when sum_score is null then 'no_evidence' end as score_reason
from summed
