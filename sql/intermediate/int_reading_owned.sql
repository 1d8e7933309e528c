-- One row per KPI reading with the job family of its person and the group of readings it is compared with: those of the same metric, job family and
-- period. A metric's period is what its series are usually read by, a month, a week or a day.
-- view: cheap.
with period as (
    select folded_metric, median(gap_days) as gap_days
    from int_reading_cadence
    group by folded_metric
)

select
    reading.*,
    person.job_family,
    case
        when reading.person_id is null then null
        when period.gap_days >= 25 then hash(reading.folded_metric, person.job_family, date_trunc('month', reading.read_on))
        when period.gap_days >= 6 then hash(reading.folded_metric, person.job_family, date_trunc('week', reading.read_on))
        else hash(reading.folded_metric, person.job_family, reading.read_on)
    end as peer_no
from int_reading_series as reading
left join int_current_employee as person
    on person.employee_id = reading.person_id
left join period
    on period.folded_metric = reading.folded_metric
