-- One row per metric with readings that were due in the cycle and did not come, or came late: whose, how many, since when.
with series as (
    select
        metric,
        count(distinct employee_id) as series_count
    from fct_reading
    where employee_id is not null
    group by metric
)
select
    missing.metric,
    'missing' as alarm_kind,
    case when count(distinct missing.employee_id) = 1 then any_value(person.employee_name) end as employee_name,
    case when count(distinct missing.employee_id) = 1 then any_value(person.employee_id) end as employee_id,
    count(distinct missing.employee_id) as people_count,
    count(distinct missing.employee_id) filter (missing.is_still_missing) as silent_count,
    round(count(distinct missing.employee_id) / any_value(series.series_count), 4) as series_share,
    sum(missing.missing_count)::bigint as missing_count,
    min(missing.due_on) as first_due_on,
    max(missing.arrived_on) as arrived_on,
    round(median(missing.gap_days), 1) as gap_days
from fct_reading_missing as missing
inner join scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person on person.employee_id = missing.employee_id
inner join dim_cycle as cycle on cycle.cycle_id = person.cycle_id
inner join series on series.metric = missing.metric
where missing.missing_from_on + 1 between cycle.starts_on and cycle.ends_on
group by missing.metric
order by
    silent_count desc,
    people_count desc,
    missing.metric
