-- One row per unit and cycle that has one of its kind before; without a unit, the whole company: what people reached and how they were
-- rated, against the cycle before. Naive is now minus before; adjusted is now minus what regression to the mean expects. Change is of the
-- people seen in both cycles; who came or went stands beside.
-- scope: cycle_id
with figure as (
    select
        pair.cycle_id,
        part.group_unit_id as unit_id,
        count(*) filter (where not pair.is_joiner and not pair.is_leaver) as both_count,
        count(*) filter (where pair.is_joiner) as joiner_count,
        count(*) filter (where pair.is_leaver) as leaver_count,
        count(pair.attainment_change_points) as attainment_count,
        round(avg(pair.attainment_change_points), 10) as attainment_change,
        quantile_cont(pair.attainment_change_points, [0.25, 0.5, 0.75]) as attainment_quartiles,
        round(avg(pair.adjusted_attainment_change_points), 10) as adjusted_attainment_change,
        quantile_cont(pair.adjusted_attainment_change_points, [0.25, 0.5, 0.75]) as adjusted_attainment_quartiles,
        count(pair.rating_change_points) as rating_count,
        round(avg(pair.rating_change_points), 10) as rating_change,
        quantile_cont(pair.rating_change_points, [0.25, 0.5, 0.75]) as rating_quartiles,
        round(avg(pair.adjusted_rating_change_points), 10) as adjusted_rating_change,
        quantile_cont(pair.adjusted_rating_change_points, [0.25, 0.5, 0.75]) as adjusted_rating_quartiles
    from int_employee_change as pair
    join int_unit_group as part
        on part.unit_id is not distinct from pair.unit_id
    group by pair.cycle_id, part.group_unit_id
)

select
    figure.cycle_id,
    figure.unit_id,
    figure.both_count,
    figure.joiner_count,
    figure.leaver_count,
    figure.attainment_count,
    figure.attainment_change as attainment_change_points,
    reason_of_change(figure.both_count, figure.attainment_count) as attainment_change_points_reason,
    round(figure.attainment_quartiles[1], 10) as attainment_change_lower_quartile_points,
    round(figure.attainment_quartiles[2], 10) as attainment_change_median_points,
    round(figure.attainment_quartiles[3], 10) as attainment_change_upper_quartile_points,
    figure.adjusted_attainment_change as adjusted_attainment_change_points,
    reason_of_adjusted(figure.both_count, figure.attainment_count, attainment.pair_count, figure.adjusted_attainment_change) as adjusted_attainment_change_points_reason,
    round(figure.adjusted_attainment_quartiles[1], 10) as adjusted_attainment_change_lower_quartile_points,
    round(figure.adjusted_attainment_quartiles[2], 10) as adjusted_attainment_change_median_points,
    round(figure.adjusted_attainment_quartiles[3], 10) as adjusted_attainment_change_upper_quartile_points,
    figure.rating_count,
    figure.rating_change as rating_change_points,
    reason_of_change(figure.both_count, figure.rating_count) as rating_change_points_reason,
    round(figure.rating_quartiles[1], 10) as rating_change_lower_quartile_points,
    round(figure.rating_quartiles[2], 10) as rating_change_median_points,
    round(figure.rating_quartiles[3], 10) as rating_change_upper_quartile_points,
    figure.adjusted_rating_change as adjusted_rating_change_points,
    reason_of_adjusted(figure.both_count, figure.rating_count, rating.pair_count, figure.adjusted_rating_change) as adjusted_rating_change_points_reason,
    round(figure.adjusted_rating_quartiles[1], 10) as adjusted_rating_change_lower_quartile_points,
    round(figure.adjusted_rating_quartiles[2], 10) as adjusted_rating_change_median_points,
    round(figure.adjusted_rating_quartiles[3], 10) as adjusted_rating_change_upper_quartile_points,
    round(attainment.rho, 10) as attainment_correlation,
    round(rating.rho, 10) as rating_correlation
from figure
left join int_regression as attainment
    on attainment.cycle_id = figure.cycle_id
left join int_rating_regression as rating
    on rating.cycle_id = figure.cycle_id
