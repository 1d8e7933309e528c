-- One row per closed cycle and tenth of a goal's time: how far the forecasts made then were from what came, and two naive ones beside them.
-- Mean absolute error, and Brier score of the chance of reaching 1 (0 is perfect). Each method's chance
-- follows from the mean and spread of its own errors at the same tenth, those of the goal in question left out.
-- scope: cycle_id
with tried as (
    select cycle_id, tenth, final_attainment, unnest(['line', 'last', 'pace']) as method, unnest([line_forecast, last_forecast, pace_forecast]) as forecast
    from int_forecast_trial
),

summed as (
    select
        cycle_id,
        tenth,
        method,
        count(*) as goal_count,
        avg(final_attainment - forecast) as mean_error,
        var_samp(final_attainment - forecast) as error_variance
    from tried
    group by cycle_id, tenth, method
),

others as (
    select
        tried.*,
        tried.final_attainment - tried.forecast as error,
        summed.goal_count,
        summed.mean_error,
        summed.error_variance,
        summed.mean_error - (error - summed.mean_error) / nullif(summed.goal_count - 1, 0) as other_mean,
        ((summed.goal_count - 1) * summed.error_variance - (error - summed.mean_error) ** 2 * summed.goal_count / nullif(summed.goal_count - 1, 0))
        / nullif(summed.goal_count - 2, 0) as other_variance
    from tried
    join summed
        using (cycle_id, tenth, method)
),

scored as (
    select
        cycle_id,
        tenth,
        method,
        count(*) as goal_count,
        any_value(mean_error) as mean_error,
        sqrt(any_value(error_variance)) as error_deviation,
        avg(abs(error)) as mean_absolute_error,
        avg((final_attainment >= 1)::integer) as met_share,
        case
            when count(*) >= any_value(setting.minimum_pair_count)
                then avg((chance_of_target(forecast, other_mean, sqrt(greatest(other_variance, 0))) - (final_attainment >= 1)::integer) ** 2)
        end as brier
    from others
    cross join dim_setting as setting
    group by cycle_id, tenth, method
)

select
    cycle_id,
    tenth / 10.0 as elapsed_share,
    any_value(goal_count) as goal_count,
    any_value(met_share) as met_share,
    any_value(mean_error) filter (method = 'line') as mean_error_points,
    any_value(error_deviation) filter (method = 'line') as error_deviation_points,
    any_value(mean_absolute_error) filter (method = 'line') as mean_absolute_error_points,
    any_value(mean_absolute_error) filter (method = 'last') as last_value_mean_absolute_error_points,
    any_value(mean_absolute_error) filter (method = 'pace') as pace_mean_absolute_error_points,
    any_value(brier) filter (method = 'line') as brier,
    any_value(brier) filter (method = 'last') as last_value_brier,
    any_value(brier) filter (method = 'pace') as pace_brier,
    case
        when any_value(brier) filter (method = 'line') is not null then null
        when any_value(goal_count) < any_value(setting.minimum_pair_count) then 'too_few'
        else 'no_variance'
    end as brier_reason
from scored
cross join dim_setting as setting
group by cycle_id, tenth
