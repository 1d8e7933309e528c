-- One row per rater and cycle: how much kinder (above 0) or harder the rater is than attainment alone explains.
-- severity: the mean residual shrunk by n / (n + s²/t²), s² within and t² between raters by the method of moments; the interval is the
-- shrunk mean's, 95 %. p_value tests the mean residual against 0; is_flagged after Benjamini and Hochberg within the cycle.
-- scope: cycle_id
with rater as (
    select cycle_id, reviewer_id, count(*) as rated_count, avg(residual) as mean_residual, var_samp(residual) as own_variance
    from fct_rating_residual
    where reviewer_id is not null
        and not isnan(residual)
    group by cycle_id, reviewer_id
),

component as (
    select
        cycle_id,
        sum((rated_count - 1) * own_variance) / nullif(sum(rated_count - 1) filter (where rated_count > 1), 0) as within_variance,
        var_samp(mean_residual) as mean_variance,
        avg(1.0 / rated_count) as mean_inverse_count
    from rater
    group by cycle_id
),

variance as (
    select
        cycle_id,
        within_variance,
        greatest(0, mean_variance - within_variance * mean_inverse_count) as between_variance
    from component
),

shrunk as (
    select
        rater.*,
        variance.within_variance,
        case
            when variance.between_variance > 0
                then rater.rated_count / (rater.rated_count + variance.within_variance / variance.between_variance)
            else 0
        end as shrinkage,
        2 * (1 - normal_share(abs(rater.mean_residual) / nullif(sqrt(variance.within_variance / rater.rated_count), 0))) as p_value
    from rater
    join variance
        using (cycle_id)
    where rater.rated_count >= 2
),

ordered as (
    select
        *,
        p_value * count(*) over (partition by cycle_id) / row_number() over (partition by cycle_id order by p_value, reviewer_id) as stepped
    from shrunk
)

select
    ordered.reviewer_id,
    coalesce(name.employee_name, ordered.reviewer_id) as reviewer_name,
    ordered.cycle_id,
    ordered.rated_count,
    ordered.mean_residual,
    ordered.shrinkage * ordered.mean_residual as severity,
    ordered.shrinkage * ordered.mean_residual - 1.96 * sqrt(ordered.shrinkage * ordered.within_variance / ordered.rated_count) as interval_lower,
    ordered.shrinkage * ordered.mean_residual + 1.96 * sqrt(ordered.shrinkage * ordered.within_variance / ordered.rated_count) as interval_upper,
    ordered.p_value,
    coalesce(
        min(ordered.stepped) over (partition by ordered.cycle_id order by ordered.p_value desc, ordered.reviewer_id desc rows between unbounded preceding and current row)
        <= setting.false_discovery_share,
        false
    ) as is_flagged
from ordered
cross join dim_setting as setting
left join int_roster as name
    on name.employee_id = ordered.reviewer_id
