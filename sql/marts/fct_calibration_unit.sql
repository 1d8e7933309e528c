-- One row per calibrated cycle and unit (null: the company): how calibration moved its labels, whether before and after agree, and whether ratings
-- follow attainment better after it.
-- kappa: quadratic weights; 1 − mean (a − b)² / mean (a − b)² of every label before with every label after.
-- scope: cycle_id
with moved as (
    select
        cycle_id,
        unit_id,
        sum(person_count)::bigint as compared_count,
        sum(person_count) filter (where to_rank > from_rank)::bigint as up_count,
        sum(person_count) filter (where to_rank < from_rank)::bigint as down_count,
        sum(person_count * (to_rank - from_rank)) / sum(person_count) as net_label_count,
        sum(person_count * (to_rank - from_rank) ** 2) / sum(person_count) as mean_square,
        sum(person_count * from_rank ** 2) / sum(person_count) + sum(person_count * to_rank ** 2) / sum(person_count)
        - 2 * (sum(person_count * from_rank) / sum(person_count)) * (sum(person_count * to_rank) / sum(person_count)) as chance_square
    from fct_calibration
    group by cycle_id, unit_id
),

placed as (
    select
        cycle.cycle_id,
        nullif(part.group_id, '') as unit_id,
        sum(cell.person_count)::bigint as placed_count,
        rank_correlation(
            sum(person_count)::double, sum(original_rank * rank_sum), sum(person_count * original_rank * original_rank), sum(rank_square_sum)
        ) as spearman_before,
        rank_correlation(
            sum(person_count)::double, sum(rating_rank * rank_sum), sum(person_count * rating_rank * rating_rank), sum(rank_square_sum)
        ) as spearman_after
    from int_calibration_cell as cell
    join dim_cycle as cycle
        on cycle.cycle_order = cell.cycle_order
    join (select distinct group_no, group_id from int_rated_group) as part
        on part.group_no = cell.group_no
    group by cycle.cycle_id, part.group_id
)

select
    moved.cycle_id,
    moved.unit_id,
    moved.compared_count,
    coalesce(moved.up_count, 0) as up_count,
    coalesce(moved.down_count, 0) as down_count,
    moved.net_label_count,
    case when moved.compared_count >= setting.minimum_group_count and moved.chance_square > 1e-9 then 1 - moved.mean_square / moved.chance_square end as kappa,
    case when moved.compared_count < setting.minimum_group_count then 'too_few' when moved.chance_square <= 1e-9 then 'no_variance' end as kappa_reason,
    coalesce(placed.placed_count, 0) as placed_count,
    case when placed.placed_count >= setting.minimum_group_count then placed.spearman_before end as spearman_before,
    reason_of_ratio(coalesce(placed.placed_count, 0), placed.spearman_before, setting.minimum_group_count) as spearman_before_reason,
    case when placed.placed_count >= setting.minimum_group_count then placed.spearman_after end as spearman_after,
    reason_of_ratio(coalesce(placed.placed_count, 0), placed.spearman_after, setting.minimum_group_count) as spearman_after_reason
from moved
cross join dim_setting as setting
left join placed
    on placed.cycle_id = moved.cycle_id
    and placed.unit_id is not distinct from moved.unit_id
