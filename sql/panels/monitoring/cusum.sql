-- One row per reading of the series shown: the running sum of what is worse than expected, which finds a drop that lasts, and the bound of the alarm.
with shown as (
    select *
    from shown_series($cycle, $metric, $employee_id, $unit, $job_family, $location, $grade, $manager, $attributes)
)
select
    reading.read_on,
    case when reading.direction = 'decrease' then reading.cusum_high else reading.cusum_low end as adverse_sum,
    case when reading.direction = 'decrease' then reading.cusum_low else reading.cusum_high end as favourable_sum,
    setting.cusum_from as alarm_bound,
    reading.is_shift_alarm,
    reading.shift_began_on,
    concat_ws(' · ', reading.metric, person.employee_name, person.unit) as subject,
    person.employee_id,
    reading.natural_key
from fct_reading as reading
inner join shown on shown.metric = reading.metric and shown.employee_id = reading.employee_id
inner join dim_cycle as cycle on cycle.cycle_id = $cycle
inner join fct_employee_cycle as person on person.employee_id = reading.employee_id and person.cycle_id = $cycle
cross join dim_setting as setting
where
    reading.read_on <= cycle.ends_on
    and reading.z is not null
qualify row_number() over (order by reading.read_on desc) <= 60
order by reading.read_on
