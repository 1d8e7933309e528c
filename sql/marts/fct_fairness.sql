-- One row per cycle, protected attribute and group of rated people: the favourable rate (the top labels), beside that of the most favoured group.
-- p_value: Fisher's exact test, mid-p. stratified_gap_points: the gap that remains among people of the same grade, job family and fifth of attainment.
-- A gap is where to look, not yet a proof of unfairness, nor is a small one in few people a proof of fairness.
-- scope: cycle_id
with compared as (
    select
        fair.*,
        reference.group_value as reference_group,
        reference.person_count as reference_person_count,
        fair.favourable_count / fair.person_count::double as share,
        reference.favourable_count / reference.person_count::double as reference_share,
        case
            when not fair.is_shown then 'too_few'
            when fair.group_value = reference.group_value or reference.group_count < 2 then 'no_counterpart'
        end as reason,
        case
            when fair.is_shown and fair.group_value != reference.group_value
                then two_share_p_value(fair.favourable_count, fair.person_count, reference.favourable_count, reference.person_count, setting.exact_table_to)
        end as p_value,
        coalesce(stratum.stratum_count, 0) as stratum_count,
        coalesce(stratum.dropped_stratum_count, 0) as dropped_stratum_count,
        coalesce(stratum.stratified_person_count, 0) as stratified_person_count,
        case
            when fair.is_shown and stratum.stratified_person_count >= setting.minimum_group_count then stratum.gap
        end as gap,
        sqrt(greatest(0, stratum.gap * stratum.p_sum + stratum.q_sum)) / stratum.weight_sum as gap_error,
        stratum.stratified_person_count >= setting.minimum_group_count as is_gap_shown,
        setting.four_fifths_share
    from int_fair_group as fair
    cross join dim_setting as setting
    left join int_fair_reference as reference
        on reference.cycle_id = fair.cycle_id
        and reference.attribute = fair.attribute
    left join int_fair_stratum as stratum
        on stratum.cycle_id = fair.cycle_id
        and stratum.attribute = fair.attribute
        and stratum.group_value = fair.group_value
)

select
    cycle_id,
    attribute,
    group_value,
    person_count,
    case when is_shown then favourable_count end as favourable_count,
    case when is_shown then share end as favourable_share,
    case when not is_shown then 'too_few' end as favourable_share_reason,
    reference_group,
    reference_person_count,
    case when reason is null then share - reference_share end as gap_points,
    case when reason is null then share / nullif(reference_share, 0) end as selection_ratio,
    coalesce(reason, case when reference_share = 0 then 'no_variance' end) as selection_ratio_reason,
    case when reason is null then share < four_fifths_share * reference_share - 1e-12 end as is_below_four_fifths,
    p_value,
    reason as p_value_reason,
    stratum_count,
    dropped_stratum_count,
    stratified_person_count,
    gap as stratified_gap_points,
    case when gap is not null then gap - 1.96 * gap_error end as stratified_lower_points,
    case when gap is not null then gap + 1.96 * gap_error end as stratified_upper_points,
    coalesce(reason, case when stratum_count = 0 then 'no_counterpart' when not is_gap_shown then 'too_few' end) as stratified_gap_points_reason
from compared
