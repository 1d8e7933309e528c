-- One row per KPI reading with what it is judged to be: an alarm far off in the adverse direction, the first reading of a shift that has
-- lasted, and, for alarms, whether the cause lies with the person or with what happened to all peers.
with compared as (
    select
        reading.*,
        coalesce(reading.direction, 'increase') as adverse_of,
        person.job_family,
        coalesce(peer.peer_count, 0) as peer_count,
        case when peer.peer_count >= setting.peer_min_count then peer.peer_shift end as peer_shift,
        setting.anomaly_z_from,
        setting.peer_shift_from,
        shift.side,
        shift.lasting_count,
        shift.began_on
    from int_reading_score as reading
    cross join dim_setting as setting
    left join int_current_employee as person
        on person.employee_id = reading.person_id
    left join int_reading_period as period
        on period.folded_metric = reading.folded_metric
    left join int_reading_peer as peer
        on peer.folded_metric = reading.folded_metric
        and peer.job_family is not distinct from person.job_family
        and peer.period_starts_on = date_trunc(period.period_kind, reading.read_on)::date
        and reading.person_id is not null
    left join int_reading_shift as shift
        on shift.natural_key = reading.natural_key
),

judged as (
    select
        * exclude (direction, adverse_of, anomaly_z_from),
        adverse_of as direction,
        coalesce(case when adverse_of = 'decrease' then z else -z end >= anomaly_z_from, false) as is_alarm,
        coalesce(side = case when adverse_of = 'decrease' then 'high' else 'low' end, false) as is_shift_alarm
    from compared
)

select
    * exclude (peer_shift_from),
    case
        when not is_alarm or peer_shift is null then null
        when abs(peer_shift) < peer_shift_from then 'individual'
        when abs(z - peer_shift) < peer_shift_from then 'environment'
        else 'both'
    end as cause_hint
from judged
