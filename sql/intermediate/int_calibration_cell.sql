-- One row per calibrated cycle, unit (empty: the company) and pair of ratings before and after, among people with attainment: what Spearman's correlation
-- of each with attainment needs. Numbers sort faster than names.
-- joins as written
with placed as (
    select
        cycle.cycle_order::integer as cycle_order,
        above.group_no,
        rated.value_share,
        rated.original_value_share,
        (rank() over unit + count(*) over unit) / 2.0 as attainment_rank
    from int_rated as rated
    join dim_cycle as cycle
        on cycle.cycle_id = rated.cycle_id
    join int_rated_group as above
        on above.unit_id = rated.unit_id
    where rated.rating_percentile is not null
        and rated.original_value_share is not null
        and rated.cycle_id in (select cycle_id from int_calibration)
    window unit as (partition by cycle.cycle_order::integer, above.group_no order by rated.attainment)
),

counted as (
    select
        cycle_order,
        group_no,
        value_share,
        original_value_share,
        count(*) as person_count,
        sum(attainment_rank) as rank_sum,
        sum(attainment_rank * attainment_rank) as rank_square_sum
    from placed
    group by cycle_order, group_no, value_share, original_value_share
)

select
    *,
    sum(person_count) over (partition by cycle_order, group_no order by value_share)
    - (sum(person_count) over (partition by cycle_order, group_no, value_share) - 1) / 2.0 as rating_rank,
    sum(person_count) over (partition by cycle_order, group_no order by original_value_share)
    - (sum(person_count) over (partition by cycle_order, group_no, original_value_share) - 1) / 2.0 as original_rank
from counted
