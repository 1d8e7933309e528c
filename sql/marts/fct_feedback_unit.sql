-- One row per unit and cycle with final ratings; without a unit, the whole company: how they were talked over.
-- scope: cycle_id
with counted as (
    select
        feedback.cycle_id,
        part.group_unit_id as unit_id,
        feedback.feedback_days,
        sum(feedback.appraised_count)::bigint as appraised_count,
        sum(feedback.delivered_count)::bigint as delivered_count,
        sum(feedback.acknowledged_count)::bigint as acknowledged_count,
        sum(feedback.timely_count)::bigint as timely_count,
        sum(feedback.conversation_count)::bigint as conversation_count,
        sum(feedback.both_named_count)::bigint as both_named_count,
        sum(feedback.response_count)::bigint as response_count,
        sum(feedback.low_rated_count)::bigint as low_rated_count,
        sum(feedback.low_unmet_count)::bigint as low_unmet_count
    from int_feedback_count as feedback
    join int_unit_group as part
        on part.unit_id is not distinct from feedback.unit_id
    group by feedback.cycle_id, part.group_unit_id, feedback.feedback_days
),

placed as (
    select
        *,
        case when feedback_days is not null then sum(appraised_count) over up_to end as up_to,
        sum(appraised_count) filter (where feedback_days is not null) over (partition by cycle_id, unit_id) as dated_count
    from counted
    window up_to as (partition by cycle_id, unit_id order by feedback_days nulls last rows between unbounded preceding and current row)
)

select
    cycle_id,
    unit_id,
    sum(appraised_count)::bigint as appraised_count,
    sum(delivered_count)::bigint as delivered_count,
    sum(delivered_count) / sum(appraised_count) as delivered_share,
    sum(acknowledged_count)::bigint as acknowledged_count,
    sum(acknowledged_count) / sum(appraised_count) as acknowledged_share,
    coalesce(any_value(dated_count), 0)::bigint as dated_count,
    counted_quantile(feedback_days, up_to, dated_count, 0.25) as feedback_lower_quartile_days,
    counted_quantile(feedback_days, up_to, dated_count, 0.5) as feedback_median_days,
    case
        when sum(delivered_count) = 0 then 'no_counterpart'
        when coalesce(any_value(dated_count), 0) = 0 then 'no_evidence'
    end as feedback_median_days_reason,
    counted_quantile(feedback_days, up_to, dated_count, 0.75) as feedback_upper_quartile_days,
    sum(timely_count)::bigint as timely_count,
    sum(timely_count) / nullif(any_value(dated_count), 0) as timely_share,
    case
        when sum(delivered_count) = 0 then 'no_counterpart'
        when coalesce(any_value(dated_count), 0) = 0 then 'no_evidence'
    end as timely_share_reason,
    sum(conversation_count)::bigint as conversation_count,
    sum(both_named_count) / nullif(sum(conversation_count), 0) as both_named_share,
    case when sum(conversation_count) = 0 then 'no_counterpart' end as both_named_share_reason,
    sum(response_count) / nullif(sum(conversation_count), 0) as response_share,
    case when sum(conversation_count) = 0 then 'no_counterpart' end as response_share_reason,
    sum(low_rated_count)::bigint as low_rated_count,
    sum(low_unmet_count)::bigint as low_unmet_count
from placed
group by cycle_id, unit_id
