-- One row per KPI reading: what the readings before it lead one to expect and how far off it is, in robust deviations.
-- A reading needs anomaly_min_readings before it less one. The deviation is at least mad_floor_share of the expected size, so that
-- a flat series gives no infinite z; a series flat at 0 has no z.
with expected as (
    select
        reading.*,
        person.job_family,
        list_median(earlier[-setting.anomaly_window:]) as expected,
        earlier[-setting.anomaly_window:] as base
    from int_reading_series as reading
    cross join dim_setting as setting
    left join (
        select employee_id, job_family
        from dim_employee
        where is_current
        qualify row_number() over (partition by employee_id order by valid_from desc nulls last) = 1
    ) as person
        on person.employee_id = reading.person_id
)

select
    expected.* exclude (earlier, base, expected),
    case when reading_number >= setting.anomaly_min_readings then expected end as expected,
    case
        when reading_number >= setting.anomaly_min_readings
            then (value - expected) / nullif(greatest(
                1.4826 * list_median(list_transform(base, lambda x: abs(x - expected))),
                setting.mad_floor_share * abs(expected)
            ), 0)
    end as z
from expected
cross join dim_setting as setting
