-- One row per sheet of an imported file: what it was taken for and what became of its rows.
create table raw.import_sheet (
    import_id bigint,
    sheet varchar,
    kind varchar,              -- null: no kind was recognised
    header_line integer,
    read_count bigint,         -- rows below the header that hold anything
    new_count bigint,
    changed_count bigint,
    unchanged_count bigint,    -- stored before, word for word, by this file or another
    rejected_count bigint,
    decisions varchar          -- JSON list: how columns were read (percent scale, date order, mapping)
)
