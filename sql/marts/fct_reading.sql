-- One row per KPI reading of a person or unit. An alarm is a reading far off in the adverse direction; a shift alarm the reading by which a
-- smaller drop has lasted. cause_hint compares an alarm with the same metric of the peers (same job family) in the
-- same period. What was done about alarms is in fct_alarm.
-- scope: readings
select
    judged.metric,
    judged.person_id as employee_id,
    judged.unit_id,
    judged.job_family,
    judged.read_on,
    judged.value,
    judged.unit_of_measure,
    judged.direction,
    judged.reading_number,
    judged.is_seasonal,
    judged.expected,
    judged.spread,
    judged.z,
    case
        when judged.z is not null then null
        when judged.expected is null then 'no_history'
        else 'no_variance'
    end as z_reason,
    judged.cusum_high,
    judged.cusum_low,
    judged.peer_count,
    judged.peer_shift,
    case
        when judged.peer_shift is not null then null
        when judged.z is null then case when judged.expected is null then 'no_history' else 'no_variance' end
        when judged.person_id is null then 'no_counterpart'
        else 'too_few'
    end as peer_shift_reason,
    judged.is_alarm,
    judged.is_shift_alarm,
    case when judged.is_shift_alarm then judged.began_on end as shift_began_on,
    case when judged.is_shift_alarm then judged.lasting_count end as shift_reading_count,
    judged.cause_hint,
    judged.natural_key,
    judged.import_id,
    judged.sheet,
    judged.line
from int_reading_judged as judged
