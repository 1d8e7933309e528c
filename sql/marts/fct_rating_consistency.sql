-- One row per cycle and unit (null: the company) with people who have a rating and attainment: how well the order of the one is that of the other.
-- spearman: Spearman's correlation within the unit. mismatch_count: people whose percentiles in the company differ by more than the setting says.
-- scope: cycle_id
with unit as (
    select
        cycle_order,
        group_no,
        sum(person_count)::bigint as compared_count,
        rank_correlation(
            sum(person_count)::double, sum(rating_rank * rank_sum), sum(person_count * rating_rank * rating_rank), sum(rank_square_sum)
        ) as spearman
    from int_consistency_cell
    group by cycle_order, group_no
),

mismatched as (
    select rated.cycle_id, above.group_id, count(*) as mismatch_count
    from int_rated as rated
    cross join dim_setting as setting
    join int_rated_group as above
        on above.unit_id = rated.unit_id
    where abs(rated.rating_percentile - rated.attainment_percentile) > setting.mismatch_from_points + 1e-9
    group by rated.cycle_id, above.group_id
)

select
    cycle.cycle_id,
    nullif(part.group_id, '') as unit_id,
    unit.compared_count,
    case when unit.compared_count >= setting.minimum_group_count then unit.spearman end as spearman,
    case
        when unit.compared_count < setting.minimum_group_count then 'too_few'
        when unit.spearman is null then 'no_variance'
    end as spearman_reason,
    coalesce(mismatched.mismatch_count, 0) as mismatch_count
from unit
cross join dim_setting as setting
join dim_cycle as cycle
    on cycle.cycle_order = unit.cycle_order
join (select distinct group_no, group_id from int_rated_group) as part
    on part.group_no = unit.group_no
left join mismatched
    on mismatched.cycle_id = cycle.cycle_id
    and mismatched.group_id = part.group_id
