-- One row per rater and cycle: how much kinder (above 0) or harder the rater is than attainment alone explains.
-- severity: the mean residual shrunk by n / (n + s²/t²), s² within and t² between raters; the interval is the shrunk mean's, 95 %.
-- p_value tests the mean residual against 0 by Student's t on the pooled variance within; is_flagged after Benjamini and Hochberg in the cycle.
-- scope: cycle_id
with judged as (
    select
        rater.*,
        rater.between_variance / nullif(rater.between_variance + rater.within_variance / rater.rated_count, 0) as shrinkage,
        case
            when rater.rated_count < 2 then 'too_few'
            when rater.mean_residual is null then 'no_variance'
            when rater.is_only_rater then 'no_counterpart'
            when rater.within_variance is null then 'too_few'
        end as reason
    from int_rater as rater
),

tested as (
    select
        *,
        case when reason is null then coalesce(shrinkage, 0) * mean_residual end as severity,
        1.96 * sqrt(shrinkage * within_variance / rated_count) as half_width,
        coalesce(
            reason,
            case when within_variance = 0 or between_variance = 0 then 'no_variance' end
        ) as interval_reason,
        case when reason is null and within_variance > 0 then two_sided_t(mean_residual / sqrt(within_variance / rated_count), degrees) end as p_value
    from judged
),

ordered as (
    select
        *,
        p_value * count(p_value) over (partition by cycle_id)
        / row_number() over (partition by cycle_id order by p_value nulls last, reviewer_id) as stepped
    from tested
)

select
    ordered.reviewer_id,
    coalesce(name.employee_name, ordered.reviewer_id) as reviewer_name,
    ordered.cycle_id,
    ordered.rated_count,
    ordered.mean_residual,
    ordered.severity,
    ordered.reason as severity_reason,
    case when ordered.interval_reason is null then ordered.severity - ordered.half_width end as interval_lower,
    case when ordered.interval_reason is null then ordered.severity + ordered.half_width end as interval_upper,
    ordered.interval_reason,
    ordered.p_value,
    coalesce(ordered.reason, case when ordered.p_value is null then 'no_variance' end) as p_value_reason,
    coalesce(
        min(ordered.stepped) over (partition by ordered.cycle_id order by ordered.p_value desc nulls first, ordered.reviewer_id desc rows between unbounded preceding and current row)
        <= setting.false_discovery_share + 1e-12 and ordered.p_value is not null,
        false
    ) as is_flagged
from ordered
cross join dim_setting as setting
left join int_roster as name
    on name.employee_id = ordered.reviewer_id
