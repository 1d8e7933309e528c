-- One row per judgement of a person by one reviewer on one item or overall.
create table raw.appraisal (
    import_id bigint,
    sheet varchar,
    line integer,
    natural_key varchar,
    cycle varchar,
    appraisal_id varchar,
    employee_id varchar,
    employee_name varchar,
    employee_email varchar,
    unit varchar,
    reviewer_role varchar,     -- self, manager, committee, peer, subordinate, hr
    reviewer_id varchar,
    reviewer_name varchar,
    item varchar,              -- competency or question; null: overall
    part varchar,              -- goals, competencies, values, potential; null: overall
    weight double,
    score double,
    label varchar,
    appraised_on date,
    comment varchar
)
