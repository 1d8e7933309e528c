-- One row per setting that differs from its default, of the company or of one cycle.
create table raw.setting (
    name varchar,
    value varchar,
    cycle varchar              -- null: every cycle without one of its own
)
