-- One row per protected attribute and group of rated people: its share of favourable labels beside the most favoured group's, raw and among like people.
-- Told of the whole company and cycle: smaller parts would tell of few.
select
    attribute as fairness_attribute,
    group_value as fairness_group,
    person_count as people_count,
    round(favourable_share, 4) as favourable_share,
    reference_group,
    round(gap_points, 4) as gap_points,
    round(selection_ratio, 3) as selection_ratio,
    is_below_four_fifths,
    round(p_value, 4) as p_value,
    round(stratified_gap_points, 4) as stratified_gap_points,
    round(stratified_lower_points, 4) as lower_points,
    round(stratified_upper_points, 4) as upper_points,
    stratified_person_count,
    coalesce(favourable_share_reason, stratified_gap_points_reason, p_value_reason, selection_ratio_reason) as reason_key
from fct_fairness
where cycle_id = $cycle
order by
    attribute,
    gap_points nulls first,
    group_value
