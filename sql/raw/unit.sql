-- One row per organisational unit.
create table raw.unit (
    import_id bigint,
    sheet varchar,
    line integer,
    natural_key varchar,
    unit_id varchar,           -- code; the name where there is no code
    unit varchar,              -- name
    parent_unit varchar,       -- code or name
    unit_type varchar,
    head_id varchar,
    head_name varchar
)
