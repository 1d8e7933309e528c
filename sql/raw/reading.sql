-- One row per KPI value of a person or unit at a date.
create table raw.reading (
    import_id bigint,
    sheet varchar,
    line integer,
    natural_key varchar,
    metric varchar,
    employee_id varchar,
    employee_name varchar,
    employee_email varchar,
    unit varchar,
    read_on date,
    value double,
    unit_of_measure varchar,
    direction varchar          -- increase, decrease: which way is better
)
