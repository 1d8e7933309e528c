-- One row per note on a thing that waits, as somebody wrote it: notes are added, never changed; the newest counts.
create table raw.work_note (
    note_id bigint,
    item_key varchar,          -- what waits, by its kind, person and day
    waiting_kind varchar,
    employee_id varchar,
    cycle_id varchar,
    note varchar,
    cause varchar,             -- environment, ability, other; null: not said
    noted_at timestamp,        -- UTC
    noted_by varchar,
    build_id bigint            -- the first build with the note
)
