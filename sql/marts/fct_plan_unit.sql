-- One row per unit and cycle with active people; without a unit, the whole company: how well goals are planned and the plans kept. Coverage is
-- the mean of people's, punctuality and slippage are of plan items due by as_of.
-- scope: cycle_id
with counted as (
    select
        coverage.cycle_id,
        part.group_unit_id as unit_id,
        coverage.plan_coverage_share,
        sum(coverage.person_count)::bigint as person_count
    from int_coverage_count as coverage
    join int_unit_group as part
        on part.unit_id is not distinct from coverage.unit_id
    group by coverage.cycle_id, part.group_unit_id, coverage.plan_coverage_share
),

placed as (
    select
        *,
        case
            when plan_coverage_share is not null
                then sum(person_count) over (partition by cycle_id, unit_id order by plan_coverage_share nulls last rows between unbounded preceding and current row)
        end as up_to,
        sum(person_count) filter (where plan_coverage_share is not null) over (partition by cycle_id, unit_id) as with_goal_count
    from counted
),

covered as (
    select
        cycle_id,
        unit_id,
        sum(person_count)::bigint as person_count,
        coalesce(any_value(with_goal_count), 0)::bigint as with_goal_count,
        sum(plan_coverage_share * person_count) / nullif(any_value(with_goal_count), 0) as plan_coverage_share,
        counted_quantile(plan_coverage_share, up_to, with_goal_count, 0.25) as plan_coverage_lower_quartile_share,
        counted_quantile(plan_coverage_share, up_to, with_goal_count, 0.5) as plan_coverage_median_share,
        counted_quantile(plan_coverage_share, up_to, with_goal_count, 0.75) as plan_coverage_upper_quartile_share
    from placed
    group by cycle_id, unit_id
)

select
    covered.cycle_id,
    covered.unit_id,
    covered.person_count,
    covered.with_goal_count,
    covered.plan_coverage_share,
    case when covered.with_goal_count = 0 then 'no_evidence' end as plan_coverage_share_reason,
    covered.plan_coverage_lower_quartile_share,
    covered.plan_coverage_median_share,
    covered.plan_coverage_upper_quartile_share,
    coalesce(due.due_count, 0) as due_count,
    coalesce(due.punctual_count, 0) as punctual_count,
    due.punctual_count / due.due_count as punctual_share,
    case when due.due_count is null then 'not_due' end as punctual_share_reason,
    due.late_lower_quartile_days,
    due.late_median_days,
    case when due.due_count is null then 'not_due' end as late_median_days_reason,
    due.late_upper_quartile_days
from covered
left join int_plan_due as due
    on due.cycle_id = covered.cycle_id
    and due.unit_id is not distinct from covered.unit_id
