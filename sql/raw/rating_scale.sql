-- One row per label of a rating scale.
create table raw.rating_scale (
    import_id bigint,
    sheet varchar,
    line integer,
    natural_key varchar,
    cycle varchar,             -- null: every cycle without a scale of its own
    code varchar,
    label_en varchar,
    label_zh varchar,
    rank integer,              -- 1 is the lowest
    value double,              -- the number that stands for the label
    lower_score double,        -- scores from here
    upper_score double         -- to here belong to the label
)
