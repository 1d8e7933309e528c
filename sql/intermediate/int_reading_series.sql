-- One row per KPI reading up to as_of, its owner found and its place in its series: the readings of a metric of a person or unit, by date.
with metric as (
    select metric, fold(metric) as folded_metric
    from (select distinct metric from stg_reading)
),

owned as (
    select
        hash(metric.folded_metric, coalesce(reading.employee_id, person.employee_id, 'unit:' || unit.unit_id)) as series_no,
        metric.folded_metric,
        coalesce(reading.employee_id, person.employee_id) as person_id,
        unit.unit_id,
        reading.metric,
        reading.read_on,
        reading.value,
        reading.unit_of_measure,
        reading.direction,
        reading.natural_key,
        reading.import_id,
        reading.sheet,
        reading.line
    from stg_reading as reading
    cross join dim_setting as setting
    left join metric
        on metric.metric = reading.metric
    left join int_person_ref as person
        on person.person_key = reading.person_key
    left join int_unit_ref as unit
        on unit.unit_text = trim(reading.unit)
    where reading.read_on <= setting.as_of
        and reading.value is not null
)

select
    *,
    row_number() over series as reading_number,
    lag(read_on) over series as previous_read_on
from owned
window series as (partition by series_no order by read_on, line, natural_key)
