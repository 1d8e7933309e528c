-- One row per reading of the series shown, up to the end of the cycle, with the band inside which it is no alarm.
with shown as (
    select *
    from shown_series($cycle, $metric, $employee_id, $unit, $job_family, $location, $grade, $manager, $attributes)
),
reading as (
    select
        reading.*,
        setting.anomaly_z_from * reading.spread as reach
    from fct_reading as reading
    inner join shown on shown.metric = reading.metric and shown.employee_id = reading.employee_id
    inner join dim_cycle as cycle on cycle.cycle_id = $cycle
    cross join dim_setting as setting
    where reading.read_on <= cycle.ends_on
    qualify row_number() over (order by reading.read_on desc) <= 60
)
select
    reading.read_on,
    reading.value,
    reading.expected,
    round(reading.expected - reading.reach, 4) as lower_value,
    round(reading.expected + reading.reach, 4) as upper_value,
    round(reading.z, 2) as z,
    reading.is_alarm,
    reading.is_shift_alarm,
    reading.cause_hint,
    reading.z_reason as reason_key,
    concat_ws(' · ', reading.metric, person.employee_name, person.unit) as subject,
    reading.unit_of_measure,
    person.employee_id,
    reading.natural_key
from reading
inner join fct_employee_cycle as person on person.employee_id = reading.employee_id and person.cycle_id = $cycle
order by reading.read_on
