-- One row per cycle, unit (empty: the company) and rating among its people with attainment: how many, and the sums of their ranks by attainment. What
-- Spearman's correlation needs, with ties at their middle rank. Every person is in it once for every unit above: numbers sort faster than names.
-- joins as written
with placed as (
    select
        cycle.cycle_order::integer as cycle_order,
        above.group_no,
        rated.value_share,
        (rank() over unit + count(*) over unit) / 2.0 as attainment_rank
    from int_rated as rated
    join dim_cycle as cycle
        on cycle.cycle_id = rated.cycle_id
    join int_rated_group as above
        on above.unit_id = rated.unit_id
    where rated.rating_percentile is not null
    window unit as (partition by cycle.cycle_order::integer, above.group_no order by rated.attainment)
),

counted as (
    select
        cycle_order,
        group_no,
        value_share,
        count(*) as person_count,
        sum(attainment_rank) as rank_sum,
        sum(attainment_rank * attainment_rank) as rank_square_sum
    from placed
    group by cycle_order, group_no, value_share
)

select
    *,
    sum(person_count) over (partition by cycle_order, group_no order by value_share) - (person_count - 1) / 2.0 as rating_rank
from counted
