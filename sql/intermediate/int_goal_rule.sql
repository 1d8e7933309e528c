-- One row per goal that is not cancelled and has a scoring rule: the one for the goal itself, else for its metric in its cycle, its metric,
-- its cycle, the company.
-- view
with chosen as (
    select
        goal.natural_key,
        coalesce(by_goal.rule_number, by_both.rule_number, by_metric.rule_number, by_cycle.rule_number, by_company.rule_number) as rule_number
    from fct_goal as goal
    left join int_metric as metric
        on metric.metric = goal.metric
    left join int_scoring_rule as by_goal
        on by_goal.goal_id = goal.goal_id
    left join int_scoring_rule as by_both
        on by_both.cycle = goal.cycle_id
        and hash(by_both.folded_metric) = metric.metric_key
    left join int_scoring_rule as by_metric
        on by_metric.cycle is null
        and hash(by_metric.folded_metric) = metric.metric_key
    left join int_scoring_rule as by_cycle
        on by_cycle.cycle = goal.cycle_id
        and by_cycle.folded_metric is null
    left join (select rule_number from int_scoring_rule where coalesce(goal_id, folded_metric, cycle) is null) as by_company
        on true
    where not goal.is_cancelled
)

select
    chosen.natural_key,
    case
        when rule.goal_id is not null then 'goal'
        when rule.folded_metric is not null and rule.cycle is not null then 'metric_in_cycle'
        when rule.folded_metric is not null then 'metric'
        when rule.cycle is not null then 'cycle'
        else 'company'
    end as rule_level,
    rule.pieces,
    rule.extras,
    rule.cap,
    rule.floor
from chosen
join int_scoring_rule as rule
    on rule.rule_number = chosen.rule_number
