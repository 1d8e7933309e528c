-- One row per live goal of an employee that is not due yet, in a cycle that is not closed: where attainment is heading by the due date, and the chance of reaching 1.
-- The line goes through all check-ins up to as_of, its end held within attainment's bounds. Peers are the people of the job family, else of the
-- company, in the cycle before of the same kind. The chance follows from the errors of such forecasts at the same tenth of the time in closed cycles.
-- joins as written
with pulled as (
    select
        *,
        pulled_forecast(own_forecast, evidence_count, peer_attainment, forecast_peer_weight) as forecast
    from int_forecast_own
)

select
    goal.goal_id,
    goal.cycle_id,
    goal.employee_id,
    goal.unit_id,
    goal.job_family,
    goal.due_on,
    goal.elapsed_share,
    goal.weight_share,
    goal.attainment,
    goal.point_count as check_in_count,
    case
        when goal.own_forecast is null then null
        when goal.point_count >= goal.forecast_line_count and goal.line_end is not null then 'line'
        when goal.is_held then 'level'
        else 'pace'
    end as method,
    round(goal.own_forecast, 9) as own_forecast,
    case
        when goal.own_forecast is null then null
        when goal.peer_attainment is null then 1.0
        else goal.evidence_count / (goal.evidence_count + goal.forecast_peer_weight)
    end as own_share,
    goal.peer_attainment,
    goal.peer_count,
    case when goal.peer_attainment is null then 'no_history' end as peer_attainment_reason,
    round(goal.forecast, 9) as forecast,
    case
        when goal.forecast is not null then null
        when goal.attainment is null then 'no_evidence'
        else 'too_few'
    end as forecast_reason,
    past.error_count,
    past.mean_error as mean_error_points,
    past.error_deviation as error_deviation_points,
    chance_of_target(goal.forecast, past.mean_error, past.error_deviation) as chance_share,
    case
        when goal.forecast is null then case when goal.attainment is null then 'no_evidence' else 'too_few' end
        when past.error_count is null then 'no_history'
        when coalesce(past.error_deviation, 0) = 0 then 'no_variance'
    end as chance_share_reason
from pulled as goal
left join int_forecast_error as past
    on past.cycle_kind = goal.cycle_kind
    and past.elapsed_share = goal.tested_share
