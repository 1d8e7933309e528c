-- One row per effect, cycle and figure: how much more the treated changed from the cycle before to this one than untreated people who had the
-- same rating and were in the same fifth of attainment. effect: improvement_plan, timely_feedback. figure: attainment, rating.
-- Strata without both are dropped and counted. Each stratum's difference counts by its treated: sum of w × (mean treated − mean untreated), w =
-- treated / all treated. Its variance is sum of w² × (s²t / nt + s²u / nu), Neyman's for strata (Imbens and Rubin, Causal Inference, 2015, chapter 9);
-- where one person stands alone, s² is that of all strata together. No figure says that a plan caused what likeness in two figures does not explain.
-- scope: cycle_id
with pooled as (
    select
        effect,
        cycle_id,
        figure,
        sum(treated_count)::bigint as all_treated_count,
        sum(untreated_count)::bigint as all_untreated_count,
        coalesce(sum(treated_count) filter (where treated_count > 0 and untreated_count > 0), 0)::bigint as treated_count,
        coalesce(sum(untreated_count) filter (where treated_count > 0 and untreated_count > 0), 0)::bigint as untreated_count,
        count(*) filter (where treated_count > 0 and untreated_count > 0) as stratum_count,
        count(*) filter (where treated_count > 0 and untreated_count = 0) as dropped_stratum_count,
        (
            coalesce(sum((treated_count - 1) * treated_variance) filter (where untreated_count > 0), 0)
            + coalesce(sum((untreated_count - 1) * untreated_variance) filter (where treated_count > 0), 0)
        ) / nullif(
            coalesce(sum(treated_count - 1) filter (where treated_count > 1 and untreated_count > 0), 0)
            + coalesce(sum(untreated_count - 1) filter (where untreated_count > 1 and treated_count > 0), 0), 0
        ) as variance
    from int_effect_stratum
    group by effect, cycle_id, figure
),

weighed as (
    select
        pooled.*,
        sum(stratum.treated_count * (stratum.treated_mean - stratum.untreated_mean)) / any_value(pooled.treated_count) as effect_points,
        sqrt(sum(
            stratum.treated_count ** 2 * (
                coalesce(stratum.treated_variance, pooled.variance) / stratum.treated_count
                + coalesce(stratum.untreated_variance, pooled.variance) / stratum.untreated_count
            )
        )) / any_value(pooled.treated_count) as standard_error
    from pooled
    left join int_effect_stratum as stratum
        on stratum.effect = pooled.effect
        and stratum.cycle_id = pooled.cycle_id
        and stratum.figure = pooled.figure
        and stratum.treated_count > 0
        and stratum.untreated_count > 0
    group by all
),

judged as (
    select
        weighed.*,
        case
            when weighed.all_treated_count < setting.minimum_treated_count then 'too_few'
            when weighed.stratum_count = 0 then 'no_counterpart'
            when weighed.treated_count < setting.minimum_treated_count then 'too_few'
            when coalesce(weighed.standard_error, 0) < 1e-9 then 'no_variance'
        end as reason
    from weighed
    cross join dim_setting as setting
)

select
    effect,
    cycle_id,
    figure,
    case when reason is null then round(effect_points, 10) end as effect_points,
    reason as effect_points_reason,
    case when reason is null then round(standard_error, 10) end as standard_error_points,
    case when reason is null then round(effect_points - interval_z() * standard_error, 10) end as interval_lower_points,
    case when reason is null then round(effect_points + interval_z() * standard_error, 10) end as interval_upper_points,
    case when reason is null then abs(effect_points) <= interval_z() * standard_error end as is_inconclusive,
    treated_count,
    untreated_count,
    all_treated_count,
    all_untreated_count,
    stratum_count,
    dropped_stratum_count,
    all_treated_count - treated_count as dropped_treated_count
from judged
