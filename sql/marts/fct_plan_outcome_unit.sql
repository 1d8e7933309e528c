-- One row per unit and cycle whose ratings led to improvement plans; without a unit, the whole company: how the plans ended. Shares of outcomes
-- are of plans with an outcome, is_kept of those passed and followed long enough. All rows are made anew; there are few.
with figure as (
    select
        plan.cycle_id,
        part.group_unit_id as unit_id,
        count(*) as plan_count,
        count(*) filter (where plan.outcome_state in ('passed', 'extended', 'failed', 'left')) as settled_count,
        count(*) filter (where plan.outcome_state = 'passed') as passed_count,
        count(*) filter (where plan.outcome_state = 'extended') as extended_count,
        count(*) filter (where plan.outcome_state = 'failed') as failed_count,
        count(*) filter (where plan.outcome_state = 'left') as left_count,
        count(*) filter (where plan.outcome_state = 'running') as running_count,
        count(*) filter (where plan.outcome_state = 'unrecorded') as unrecorded_count,
        count(plan.plan_days) as dated_count,
        quantile_cont(plan.plan_days, [0.25, 0.5, 0.75]) as plan_quartiles,
        count(plan.is_started_in_time) as low_rated_count,
        count(*) filter (where plan.is_started_in_time) as started_in_time_count,
        count(plan.is_kept) as followed_count,
        count(*) filter (where plan.outcome_state = 'passed' and plan.is_kept_reason = 'not_due') as waiting_count,
        count(*) filter (where plan.is_kept) as kept_count
    from fct_plan_outcome as plan
    join int_unit_group as part
        on part.unit_id is not distinct from plan.unit_id
    where plan.cycle_id is not null
    group by plan.cycle_id, part.group_unit_id
)

select
    cycle_id,
    unit_id,
    plan_count,
    settled_count,
    passed_count,
    extended_count,
    failed_count,
    left_count,
    running_count,
    unrecorded_count,
    passed_count / nullif(settled_count, 0) as passed_share,
    extended_count / nullif(settled_count, 0) as extended_share,
    case when settled_count = 0 then case when running_count > 0 then 'not_due' else 'no_evidence' end end as passed_share_reason,
    case when settled_count = 0 then case when running_count > 0 then 'not_due' else 'no_evidence' end end as extended_share_reason,
    dated_count,
    plan_quartiles[1] as plan_lower_quartile_days,
    plan_quartiles[2] as plan_median_days,
    case when dated_count = 0 then case when settled_count = 0 and running_count > 0 then 'not_due' else 'no_evidence' end end as plan_median_days_reason,
    plan_quartiles[3] as plan_upper_quartile_days,
    low_rated_count,
    started_in_time_count,
    started_in_time_count / nullif(low_rated_count, 0) as started_in_time_share,
    case when low_rated_count = 0 then 'no_evidence' end as started_in_time_share_reason,
    followed_count,
    kept_count,
    kept_count / nullif(followed_count, 0) as kept_share,
    case
        when followed_count > 0 then null
        when passed_count = 0 then 'no_counterpart'
        when waiting_count > 0 then 'not_due'
        else 'no_evidence'
    end as kept_share_reason
from figure
