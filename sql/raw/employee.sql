-- One row per employee and date from which the attributes hold, as one file stated them.
create table raw.employee (
    import_id bigint,
    sheet varchar,
    line integer,
    natural_key varchar,
    employee_id varchar,
    employee_name varchar,
    employee_email varchar,
    effective_on date,         -- null: from the beginning
    unit varchar,              -- code, name or path, as written
    position varchar,
    job_family varchar,
    grade varchar,
    location varchar,
    manager_id varchar,
    manager_name varchar,
    manager_email varchar,
    employment_status varchar, -- active, probation, leave, left
    hired_on date,
    left_on date,
    gender varchar,
    birth_on date,
    base_pay_amount double,
    attributes varchar         -- JSON object of the columns nobody mapped: header to text
)
