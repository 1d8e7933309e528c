-- One row per cycle, unit (empty: the company) and rating among its people with attainment: how many, and the sums of their ranks by attainment. What
-- Spearman's correlation needs, with ties at their middle rank.
with placed as (
    select
        rated.cycle_id,
        above.group_id,
        rated.value_share,
        abs(rated.rating_percentile - rated.attainment_percentile) > setting.mismatch_from_points + 1e-9 as is_mismatch,
        (rank() over unit + count(*) over unit) / 2.0 as attainment_rank
    from int_rated as rated
    cross join dim_setting as setting
    join int_rated_group as above
        on above.unit_id = rated.unit_id
    where rated.rating_percentile is not null
    window unit as (partition by rated.cycle_id, above.group_id order by rated.attainment)
),

counted as (
    select
        cycle_id,
        group_id,
        value_share,
        count(*) as person_count,
        count(*) filter (where is_mismatch) as mismatch_count,
        sum(attainment_rank) as rank_sum,
        sum(attainment_rank * attainment_rank) as rank_square_sum
    from placed
    group by cycle_id, group_id, value_share
)

select
    *,
    sum(person_count) over (partition by cycle_id, group_id order by value_share) - (person_count - 1) / 2.0 as rating_rank
from counted
