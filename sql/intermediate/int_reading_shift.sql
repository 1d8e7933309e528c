-- One row per KPI reading at which a sum of its series' distances first exceeds the bound: a shift that has lasted, and when it began.
with placed as (
    select
        series_no,
        reading_number,
        cusum_high,
        cusum_low,
        lag(cusum_high, 1, 0) over series as high_before,
        lag(cusum_low, 1, 0) over series as low_before,
        max(case when cusum_high = 0 then reading_number end) over series as high_zero_number,
        max(case when cusum_low = 0 then reading_number end) over series as low_zero_number
    from int_reading_score
    where series_no in (
        select score.series_no
        from int_reading_score as score
        cross join dim_setting as setting
        where greatest(score.cusum_high, score.cusum_low) > setting.cusum_from
    )
    window series as (partition by series_no order by reading_number rows unbounded preceding)
),

crossed as (
    select placed.*, 'high' as side, reading_number - coalesce(high_zero_number, 0) as lasting_count
    from placed
    cross join dim_setting as setting
    where cusum_high > setting.cusum_from
        and high_before <= setting.cusum_from
    union all
    select placed.*, 'low' as side, reading_number - coalesce(low_zero_number, 0) as lasting_count
    from placed
    cross join dim_setting as setting
    where cusum_low > setting.cusum_from
        and low_before <= setting.cusum_from
)

select
    crossed.series_no,
    crossed.reading_number,
    crossed.side,
    crossed.lasting_count,
    first.read_on as began_on
from crossed
join int_reading_series as first
    on first.series_no = crossed.series_no
    and first.reading_number = crossed.reading_number - crossed.lasting_count + 1
