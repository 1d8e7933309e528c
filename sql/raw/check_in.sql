-- One row per progress report on a goal.
create table raw.check_in (
    import_id bigint,
    sheet varchar,
    line integer,
    natural_key varchar,
    cycle varchar,             -- null: the cycle that holds checked_on
    goal_id varchar,
    goal_title varchar,
    employee_id varchar,
    employee_name varchar,
    employee_email varchar,
    unit varchar,
    checked_on date,
    value double,              -- in the goal's unit of measure
    progress double,           -- a fraction
    status varchar,
    confidence double,         -- a fraction
    is_done boolean,
    late_days double,
    note varchar
)
