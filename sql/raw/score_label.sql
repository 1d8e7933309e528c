-- One row per label that a final score from from_score up gets.
create table raw.score_label (
    cycle varchar,             -- null: every cycle without a table of its own
    variant varchar,           -- null: the table in force; else the name of the formula to replay the cycle with
    label varchar,
    from_score double          -- null: the lowest label
)
