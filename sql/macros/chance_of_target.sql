-- The chance that attainment ends at 1 or above, given a forecast and the mean and standard deviation of such forecasts' errors (what came less
-- what was forecast), taken as normal.
create or replace macro chance_of_target(p_forecast, p_mean_error, p_deviation) as
    normal_share((p_forecast + p_mean_error - 1) / nullif(p_deviation, 0))
