-- One row per imported file. The file itself and its manifest stay in the data folder; this is their index.
create table raw.import (
    import_id bigint,
    file_name varchar,
    sha256 varchar,
    imported_at timestamp,
    imported_by varchar,
    undone_at timestamp,       -- null: its rows count
    undone_by varchar
)
