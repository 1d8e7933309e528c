-- One row per calibration decision.
create table raw.calibration (
    import_id bigint,
    sheet varchar,
    line integer,
    natural_key varchar,
    cycle varchar,
    employee_id varchar,
    employee_name varchar,
    employee_email varchar,
    unit varchar,
    from_label varchar,
    from_score double,
    to_label varchar,
    to_score double,
    reason varchar,
    calibrated_by varchar,
    calibrated_on date
)
