-- One row per note on the thing under the key, the newest first.
select
    noted_on,
    noted_by,
    cause as note_cause,
    note
from fct_work_note
where item_key = $key
order by note_id desc
