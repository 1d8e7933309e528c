-- One row per rater and cycle with people who have attainment: their mean residual, and the variances within and between the cycle's raters.
-- Within: pooled over raters. Between, by the method of moments: the variance of the raters' means less what chance within gives them, at least 0.
with rater as (
    select
        cycle_id,
        reviewer_id,
        count(*) as rated_count,
        avg(residual) as mean_residual,
        var_samp(residual) as own_variance
    from fct_rating_residual
    where reviewer_id is not null
    group by cycle_id, reviewer_id
),

component as (
    select
        cycle_id,
        sum(rated_count - 1)::bigint as degrees,
        sum((rated_count - 1) * own_variance) / nullif(sum(rated_count - 1), 0) as within_variance,
        var_samp(mean_residual) as mean_variance,
        avg(1.0 / rated_count) as mean_inverse_count
    from rater
    group by cycle_id
)

select
    rater.cycle_id,
    rater.reviewer_id,
    rater.rated_count,
    rater.mean_residual,
    component.degrees,
    component.within_variance,
    greatest(0, component.mean_variance - component.within_variance * component.mean_inverse_count) as between_variance,
    component.mean_variance is null as is_only_rater
from rater
join component
    using (cycle_id)
