-- One row per note on something that waited or waits for the person, the newest first.
select
    noted_on,
    waiting_kind,
    cycle_id,
    note,
    cause as note_cause,
    noted_by
from fct_work_note
where employee_id = $employee_id
order by note_id desc
