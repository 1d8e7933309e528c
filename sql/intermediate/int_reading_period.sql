-- One row per metric: the period it is usually read by, a month, a week or a day. Readings of one period are compared with each other.
select
    folded_metric,
    case when median(gap_days) >= 25 then 'month' when median(gap_days) >= 6 then 'week' else 'day' end as period_kind
from int_reading_cadence
group by folded_metric
