-- One row per KPI reading of a person or unit. An alarm is a reading far off in the adverse direction; cause_hint compares it with
-- the same metric of the peers (same job family) on the same day. Reaction: the next check-in or conversation.
with peer as (
    select
        folded_metric,
        job_family,
        read_on,
        count(distinct person_id) as peer_count,
        median(z) as peer_shift
    from int_reading_score
    where z is not null
        and person_id is not null
    group by folded_metric, job_family, read_on
),

judged as (
    select
        reading.*,
        coalesce(peer.peer_count, 0) as peer_count,
        case when peer.peer_count >= setting.peer_min_count then peer.peer_shift end as peer_shift,
        coalesce(case when reading.direction = 'decrease' then reading.z else -reading.z end >= setting.anomaly_z_from, false) as is_alarm,
        setting.peer_shift_from
    from int_reading_score as reading
    cross join dim_setting as setting
    left join peer
        on peer.folded_metric = reading.folded_metric
        and peer.job_family is not distinct from reading.job_family
        and peer.read_on = reading.read_on
),

reaction as (
    select employee_id, checked_on as reacted_on
    from main.fct_check_in
    where employee_id in (select person_id from judged where is_alarm)
    union all
    select employee_id, held_on
    from main.fct_conversation
    where employee_id in (select person_id from judged where is_alarm)
),

alarm_reaction as (
    select alarm.natural_key, min(reaction.reacted_on) as reacted_on
    from judged as alarm
    join reaction
        on reaction.employee_id = alarm.person_id
        and reaction.reacted_on > alarm.read_on
    where alarm.is_alarm
    group by alarm.natural_key
)

select
    judged.metric,
    judged.person_id as employee_id,
    judged.unit_id,
    judged.job_family,
    judged.read_on,
    judged.value,
    judged.unit_of_measure,
    coalesce(judged.direction, 'increase') as direction,
    judged.reading_number,
    judged.expected,
    judged.z,
    judged.peer_count,
    judged.peer_shift,
    judged.is_alarm,
    case
        when not judged.is_alarm or judged.peer_shift is null then null
        when abs(judged.peer_shift) < judged.peer_shift_from then 'individual'
        when abs(judged.z - judged.peer_shift) < judged.peer_shift_from then 'environment'
        else 'both'
    end as cause_hint,
    reaction.reacted_on,
    reaction.reacted_on - judged.read_on as reaction_days,
    judged.natural_key,
    judged.import_id,
    judged.sheet,
    judged.line
from judged
left join alarm_reaction as reaction
    on reaction.natural_key = judged.natural_key
