-- One row per cycle and label of its scale: what the people with the label were given. Means are of those awarded; who was given nothing is
-- counted by awarded_share, for a file of awards need not name everybody.
-- scope: cycle_id
with rated as (
    select cycle_id, label, count(*) as rated_count
    from fct_rating
    group by cycle_id, label
),

awarded as (
    select
        cycle_id,
        rating_label,
        count(*) filter (where award_count > 0) as awarded_count,
        count(award_share) as share_count,
        avg(award_share) as mean_award_share,
        median(award_share) as median_award_share,
        count(award_amount) as amount_count,
        avg(award_amount) as mean_award_amount,
        median(award_amount) as median_award_amount,
        sum(promotion_count)::bigint as promotion_count,
        count(*) filter (where promotion_count > 0) as promoted_count
    from fct_award
    group by cycle_id, rating_label
)

select
    label.cycle_id,
    label.code as rating_label,
    label.rank as rating_rank,
    coalesce(rated.rated_count, 0) as rated_count,
    coalesce(awarded.awarded_count, 0) as awarded_count,
    coalesce(awarded.awarded_count, 0) / nullif(rated.rated_count, 0) as awarded_share,
    case when rated.rated_count is null then 'no_counterpart' end as awarded_share_reason,
    coalesce(awarded.share_count, 0) as share_count,
    awarded.mean_award_share,
    case when awarded.mean_award_share is null then 'no_evidence' end as mean_award_share_reason,
    awarded.median_award_share,
    coalesce(awarded.amount_count, 0) as amount_count,
    awarded.mean_award_amount,
    case when awarded.mean_award_amount is null then 'no_evidence' end as mean_award_amount_reason,
    awarded.median_award_amount,
    coalesce(awarded.promotion_count, 0) as promotion_count,
    coalesce(awarded.promoted_count, 0) as promoted_count,
    coalesce(awarded.promoted_count, 0) / nullif(rated.rated_count, 0) as promoted_share,
    case when rated.rated_count is null then 'no_counterpart' end as promoted_share_reason
from dim_rating_label as label
left join rated
    on rated.cycle_id = label.cycle_id
    and rated.label = label.code
left join awarded
    on awarded.cycle_id = label.cycle_id
    and awarded.rating_label = label.code
