-- One row per setting that differs from its default.
create table raw.setting (
    name varchar,
    value varchar
)
