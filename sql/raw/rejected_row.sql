-- One row per row of a file that was not stored, with its original cells in order.
create table raw.rejected_row (
    import_id bigint,
    sheet varchar,
    line integer,
    kind varchar,
    cells varchar              -- JSON list of texts
)
