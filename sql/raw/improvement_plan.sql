-- One row per improvement plan or development action.
create table raw.improvement_plan (
    import_id bigint,
    sheet varchar,
    line integer,
    natural_key varchar,
    cycle varchar,             -- the cycle whose rating called for it
    plan_id varchar,
    employee_id varchar,
    employee_name varchar,
    employee_email varchar,
    unit varchar,
    plan_kind varchar,         -- improvement, development
    focus varchar,
    starts_on date,
    ends_on date,
    outcome varchar,           -- passed, extended, failed, left; null: still open
    outcome_on date,
    status varchar
)
