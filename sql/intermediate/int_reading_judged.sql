-- One row per KPI reading with what it is judged to be: an alarm far off in the adverse direction, the first reading of a shift that has
-- lasted, and, for alarms, whether the cause lies with the person or with what happened to all peers.
-- view: read once.
with compared as (
    select
        reading.* exclude (direction),
        coalesce(reading.direction, 'increase') as direction,
        score.is_seasonal,
        score.expected,
        score.spread,
        score.z,
        score.cusum_high,
        score.cusum_low,
        coalesce(peer.peer_count, 0) as peer_count,
        case when peer.peer_count >= setting.peer_min_count then peer.peer_shift end as peer_shift,
        setting.anomaly_z_from,
        setting.peer_shift_from,
        shift.side,
        shift.lasting_count,
        shift.began_on
    from int_reading_owned as reading
    cross join dim_setting as setting
    join int_reading_score as score
        on score.series_no = reading.series_no
        and score.reading_number = reading.reading_number
    left join int_reading_peer as peer
        on peer.peer_no = reading.peer_no
    left join int_reading_shift as shift
        on shift.series_no = reading.series_no
        and shift.reading_number = reading.reading_number
),

judged as (
    select
        * exclude (anomaly_z_from),
        coalesce(case when direction = 'decrease' then z else -z end >= anomaly_z_from, false) as is_alarm,
        coalesce(side = case when direction = 'decrease' then 'high' else 'low' end, false) as is_shift_alarm
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
