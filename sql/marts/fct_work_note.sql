-- One row per note on a thing that waits, with the cause its writer sees: environment, ability or other. is_latest: the one that counts.
-- view: a note counts at once, and no figure is made of it.
select
    note_id,
    item_key,
    waiting_kind,
    employee_id,
    cycle_id,
    note,
    cause,
    noted_at::date as noted_on,
    noted_by,
    note_id = max(note_id) over (partition by item_key) as is_latest
from raw.work_note
