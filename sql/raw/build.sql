-- One row per published build of the models.
create table raw.build (
    build_id bigint,
    built_at timestamp,
    as_of date,
    models_fingerprint varchar -- of the SQL that made it: another one means the models must be remade
)
