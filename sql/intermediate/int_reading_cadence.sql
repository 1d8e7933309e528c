-- One row per series of KPI readings, long enough to be judged: how many readings, and how many days usually lie between two.
select
    series_no,
    any_value(folded_metric) as folded_metric,
    median(read_on - previous_read_on) filter (where read_on > previous_read_on) as gap_days,
    count(*) as reading_count
from int_reading_series
cross join dim_setting as setting
group by series_no
having count(*) >= any_value(setting.anomaly_min_readings)
    and count(*) filter (where read_on > previous_read_on) > 0
