-- One row per person and cycle with goals that are not due yet: where the goals that can be forecast lead, by their weights.
select
    employee_id,
    cycle_id,
    count(*) as goal_count,
    count(forecast) as forecast_goal_count,
    sum(weight_share * forecast) / nullif(sum(weight_share) filter (where forecast is not null), 0) as forecast,
    case
        when sum(weight_share) filter (where forecast is not null) > 0 then null
        when bool_or(forecast_reason = 'too_few') then 'too_few'
        else 'no_evidence'  -- or only of goals that weigh nothing
    end as forecast_reason,
    coalesce(sum(weight_share) filter (where forecast is not null), 0) / nullif(sum(weight_share), 0) as forecast_weight_share
from fct_goal_forecast
where employee_id is not null
group by employee_id, cycle_id
