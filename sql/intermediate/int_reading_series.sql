-- One row per KPI reading up to as_of, its owner found and its place in its series: the readings of a metric of a person or unit, by date.
select
    hash(fold(reading.metric), coalesce(reading.employee_id, person.employee_id, 'unit:' || unit.unit_id)) as series_no,
    fold(reading.metric) as folded_metric,
    coalesce(reading.employee_id, person.employee_id) as person_id,
    unit.unit_id,
    reading.metric,
    reading.read_on,
    reading.value,
    reading.unit_of_measure,
    reading.direction,
    row_number() over series as reading_number,
    lag(reading.read_on) over series as previous_read_on,
    reading.natural_key,
    reading.import_id,
    reading.sheet,
    reading.line
from stg_reading as reading
cross join dim_setting as setting
left join int_person_ref as person
    on person.person_key = reading.person_key
left join int_unit_ref as unit
    on unit.unit_text = trim(reading.unit)
where reading.read_on <= setting.as_of
    and reading.value is not null
window series as (
    partition by fold(reading.metric), coalesce(reading.employee_id, person.employee_id, 'unit:' || unit.unit_id)
    order by reading.read_on, reading.line, reading.natural_key
)
