-- One row per alarm of a person's or unit's KPI: a reading far off (dip), a lasting shift found (shift), a reading that did not come (missing).
select
    'dip' as alarm_kind,
    natural_key,
    read_on as alarm_on,
    read_on as began_on,
    employee_id,
    unit_id,
    coalesce(employee_id, 'unit:' || unit_id) as owner
from fct_reading
where is_alarm
union all
select 'shift', natural_key, read_on, shift_began_on, employee_id, unit_id, coalesce(employee_id, 'unit:' || unit_id)
from fct_reading
where is_shift_alarm
union all
select 'missing', natural_key, missing_from_on + 1, due_on, employee_id, unit_id, coalesce(employee_id, 'unit:' || unit_id)
from fct_reading_missing
