-- One row per goal of the sample and tenth of its time at which it could be forecast from the check-ins until then: that forecast and the
-- two naive ones, the last value and attainment over elapsed share, beside what came.
with point as (
    select
        goal.goal_no,
        (check_in.checked_on - goal.starts_on) / (goal.due_on - goal.starts_on)::double as x,
        check_in_attainment(
            goal.direction, goal.baseline, goal.target, goal.band_lower, goal.band_upper, check_in.value,
            coalesce(check_in.progress, check_in.is_done::integer::double, case when check_in.owner_status = 'done' then 1.0 end)
        ) as y,
        check_in_place(check_in.checked_on, check_in.import_id, check_in.line) as place
    from main.fct_check_in as check_in
    join int_forecast_sample as goal
        on goal.goal_no = check_in.goal_no
),

-- a check-in is known from the first tenth on that is not before it
known as (
    select
        *,
        unnest(range(greatest(1, ceil(round(10 * x, 9)))::bigint, 10)) as tenth
    from point
    where x <= 0.9
        and y is not null
),

summed as (
    select
        goal_no,
        tenth,
        count(*) as point_count,
        regr_slope(y, x) + regr_intercept(y, x) as line_end,
        arg_max(y, place) as last_value
    from known
    group by goal_no, tenth
),

forecast as (
    select
        goal.cycle_id,
        summed.tenth,
        goal.final_attainment,
        bounded(summed.last_value, 0, own.attainment_cap) as last_forecast,
        bounded(case when goal.is_held then summed.last_value else summed.last_value * 10 / summed.tenth end, 0, own.attainment_cap) as pace_forecast,
        pulled_forecast(
            bounded(
                own_forecast(
                    case when not isnan(summed.line_end) then summed.line_end end, summed.point_count, setting.forecast_line_count,
                    summed.last_value, summed.tenth / 10.0, setting.forecast_pace_from, goal.is_held
                ), 0, own.attainment_cap
            ), summed.point_count, goal.peer_attainment, setting.forecast_peer_weight
        ) as line_forecast
    from summed
    cross join dim_setting as setting
    join int_forecast_sample as goal
        on goal.goal_no = summed.goal_no
    join dim_cycle_setting as own
        on own.cycle_id = goal.cycle_id
)

select *
from forecast
where line_forecast is not null
