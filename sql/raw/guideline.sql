-- One row per label and unit: the share of people a company expects to get the label.
create table raw.guideline (
    import_id bigint,
    sheet varchar,
    line integer,
    natural_key varchar,
    cycle varchar,             -- null: every cycle
    unit varchar,              -- null: the company
    label varchar,
    share double
)
