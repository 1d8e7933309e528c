-- One row per KPI reading: how far off what was expected it is, in robust deviations, and the two sums of such distances
-- (CUSUM: Page, Biometrika 41, 1954) that find a small shift which lasts. A reading needs anomaly_min_readings with itself. The deviation is at least
-- mad_floor_share of the expected size, so that a flat series gives no infinite z; a series flat at 0 has no z. In the
-- sums a z counts up to the alarm's bound: a single dip is an alarm of its own, not a shift.
with scored as (
    select
        series_no,
        reading_number,
        is_seasonal,
        case when reading_number >= setting.anomaly_min_readings then expected end as expected,
        case
            when reading_number >= setting.anomaly_min_readings
                then nullif(greatest(1.4826 * deviation, setting.mad_floor_share * abs(expected)), 0)
        end as spread,
        case when reading_number >= setting.anomaly_min_readings then (value - expected) / spread end as z,
        setting.anomaly_z_from,
        setting.cusum_slack
    from int_reading_expected as reading
    cross join dim_setting as setting
),

summed as (
    select
        series_no,
        reading_number,
        is_seasonal,
        expected,
        spread,
        z,
        sum(coalesce(bounded(z, -anomaly_z_from, anomaly_z_from) - cusum_slack, 0)) over series as high_total,
        sum(coalesce(-bounded(z, -anomaly_z_from, anomaly_z_from) - cusum_slack, 0)) over series as low_total
    from scored
    window series as (partition by series_no order by reading_number rows unbounded preceding)
)

-- a sum that starts again at 0 instead of falling below it is the running total above its lowest point so far
select
    series_no,
    reading_number,
    is_seasonal,
    expected,
    spread,
    z,
    round(high_total - least(0, min(high_total) over series), 9) as cusum_high,
    round(low_total - least(0, min(low_total) over series), 9) as cusum_low
from summed
window series as (partition by series_no order by reading_number rows unbounded preceding)
