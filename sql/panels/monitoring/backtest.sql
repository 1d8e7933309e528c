-- One row per tenth of the goals' time: how far the chances that would have been stated then were from what came, over the closed cycles of the kind.
with cycle as (
    select
        cycle_id
    from dim_cycle as before
    where
        before.is_closed
        and exists (
            select 1
            from dim_cycle as shown
            where
                shown.cycle_id = $cycle
                and shown.cycle_kind is not distinct from before.cycle_kind
                and shown.starts_on >= before.starts_on
        )
)
select
    test.elapsed_share,
    round(sum(test.brier * test.goal_count) / sum(test.goal_count) filter (test.brier is not null), 4) as brier,
    round(sum(test.pace_brier * test.goal_count) / sum(test.goal_count) filter (test.pace_brier is not null), 4) as pace_brier,
    round(sum(test.last_value_brier * test.goal_count) / sum(test.goal_count) filter (test.last_value_brier is not null), 4) as last_value_brier,
    round(sum(test.mean_absolute_error_points * test.goal_count) / sum(test.goal_count), 4) as mean_absolute_error_points,
    round(sum(test.mean_error_points * test.goal_count) / sum(test.goal_count), 4) as mean_error_points,
    round(sum(test.met_share * test.goal_count) / sum(test.goal_count), 4) as met_share,
    sum(test.goal_count)::bigint as goal_count,
    count(*) as cycle_count,
    case when count(test.brier) = 0 then any_value(test.brier_reason) end as reason_key
from fct_forecast_backtest as test
inner join cycle on cycle.cycle_id = test.cycle_id
group by test.elapsed_share
order by test.elapsed_share
