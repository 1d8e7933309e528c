-- One row per kind of cycle and tenth of a goal's time: mean and standard deviation of the errors of all such forecasts in closed cycles.
with pooled as (
    select
        cycle.cycle_kind,
        test.elapsed_share,
        sum(test.goal_count) as error_count,
        sum(test.goal_count * test.mean_error_points) / sum(test.goal_count) as mean_error,
        sum((test.goal_count - 1) * coalesce(test.error_deviation_points, 0) ** 2 + test.goal_count * test.mean_error_points ** 2) as square_sum
    from main.fct_forecast_backtest as test
    join dim_cycle as cycle
        using (cycle_id)
    group by cycle.cycle_kind, test.elapsed_share
)

select
    cycle_kind,
    elapsed_share,
    error_count,
    mean_error,
    sqrt(greatest(0, square_sum - error_count * mean_error ** 2) / nullif(error_count - 1, 0)) as error_deviation
from pooled
cross join dim_setting as setting
where error_count >= setting.minimum_pair_count
