-- One row per metric, job family and period: how far off the readings of a job family's people were.
select
    reading.folded_metric,
    person.job_family,
    date_trunc(period.period_kind, reading.read_on)::date as period_starts_on,
    count(distinct reading.person_id) as peer_count,
    median(reading.z) as peer_shift
from int_reading_score as reading
join int_reading_period as period
    on period.folded_metric = reading.folded_metric
left join int_current_employee as person
    on person.employee_id = reading.person_id
where reading.z is not null
    and reading.person_id is not null
group by all
