-- One row per cycle, metric and unit: how much better than the last actual the targets are, beside that of all units on the metric.
-- spread_points is the standard deviation of the units' means; a unit with few people and a metric with one such unit tell nothing.
-- Units with few people are left out of the company's figure too: from it and the others theirs could be worked out.
-- scope: cycle_id
with team as (
    select
        cycle_id,
        metric_key,
        unit_id,
        stretch_count as goal_count,
        stretch_person_count as person_count,
        stretch_sum / stretch_count as stretch
    from int_target_group
    where employee_id is null
        and metric_key is not null
        and stretch_count > 0
),

judged as (
    select
        team.*,
        case when team.person_count >= setting.minimum_group_count then team.stretch end as shown
    from team
    cross join dim_setting as setting
),

company as (
    select
        cycle_id,
        metric_key,
        count(shown) as unit_count,
        sum(goal_count * shown) / sum(goal_count) filter (where shown is not null) as stretch,
        coalesce(sum(goal_count) filter (where shown is not null), 0)::bigint as goal_count,
        stddev_samp(shown) as spread
    from judged
    group by cycle_id, metric_key
)

select
    judged.cycle_id,
    name.metric,
    judged.unit_id,
    judged.goal_count,
    judged.person_count,
    judged.shown as stretch_share,
    case when judged.shown is null then 'too_few' end as stretch_share_reason,
    company.stretch as company_stretch_share,
    case when company.stretch is null then 'too_few' end as company_stretch_share_reason,
    company.goal_count as company_goal_count,
    case when company.unit_count >= 2 then judged.shown - company.stretch end as stretch_difference_points,
    case when judged.shown is null then 'too_few' when company.unit_count < 2 then 'no_counterpart' end as stretch_difference_points_reason,
    company.unit_count,
    company.spread as spread_points,
    case when company.spread is null then 'no_counterpart' end as spread_points_reason
from judged
join company
    using (cycle_id, metric_key)
join (select metric_key, min(metric) as metric from int_metric group by metric_key) as name
    using (metric_key)
