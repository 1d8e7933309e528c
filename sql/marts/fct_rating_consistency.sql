-- One row per cycle and unit (null: the company) with people who have a rating and attainment: how well the order of the one is that of the other.
-- spearman: Spearman's correlation within the unit. mismatch_count: people whose percentiles in the company differ by more than the setting says.
-- scope: cycle_id
with unit as (
    select
        cycle_id,
        group_id,
        sum(person_count)::bigint as compared_count,
        sum(mismatch_count)::bigint as mismatch_count,
        rank_correlation(
            sum(person_count)::double, sum(rating_rank * rank_sum), sum(person_count * rating_rank * rating_rank), sum(rank_square_sum)
        ) as spearman
    from int_consistency_cell
    group by cycle_id, group_id
)

select
    unit.cycle_id,
    nullif(unit.group_id, '') as unit_id,
    unit.compared_count,
    case when unit.compared_count >= setting.minimum_group_count then unit.spearman end as spearman,
    case
        when unit.compared_count < setting.minimum_group_count then 'too_few'
        when unit.spearman is null then 'no_variance'
    end as spearman_reason,
    unit.mismatch_count
from unit
cross join dim_setting as setting
