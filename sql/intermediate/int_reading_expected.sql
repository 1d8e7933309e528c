-- One row per KPI reading: what the readings before it lead one to expect, and by how much such readings differ from that.
-- Expected is the median of the anomaly_window readings before; from the third year of a series on, of those before in the same
-- calendar month. There are two or three of those in a monthly series, too few to tell their spread: the deviation is then the
-- median distance of the last anomaly_window readings from what their own months before had led one to expect.
-- view: read once.
with window_of as (
    select
        series_no,
        reading_number,
        value,
        setting.anomaly_window,
        median(value) over recent as recent_median,
        mad(value) over recent as recent_deviation,
        median(value) over season as season_median,
        dense_rank() over season_year - 1 as season_count
    from int_reading_series as reading
    cross join dim_setting as setting
    window
        recent as (partition by series_no order by reading_number rows between anomaly_window preceding and 1 preceding),
        season as (partition by series_no, month(read_on) order by reading_number rows between anomaly_window preceding and 1 preceding),
        season_year as (partition by series_no, month(read_on) order by year(read_on))
),

seasonal as (
    select
        *,
        median(case when season_count > 0 then abs(value - season_median) end) over recent as season_deviation
    from window_of
    window recent as (partition by series_no order by reading_number rows between anomaly_window preceding and 1 preceding)
)

select
    series_no,
    reading_number,
    value,
    season_count >= 2 as is_seasonal,
    case when season_count >= 2 then season_median else recent_median end as expected,
    case when season_count >= 2 then season_deviation else recent_deviation end as deviation
from seasonal
