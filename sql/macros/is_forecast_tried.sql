-- Whether forecasts are tried out on a goal, once its cycle is closed: it is a person's, there is something to forecast from, and it is known how it ended.
create or replace macro is_forecast_tried(p_owner_kind, p_is_cancelled, p_attainment, p_check_in_count, p_starts_on, p_due_on) as
    p_owner_kind = 'employee' and not p_is_cancelled and p_attainment is not null and p_check_in_count > 0 and p_due_on > p_starts_on
