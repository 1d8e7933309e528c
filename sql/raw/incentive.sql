-- One row per bonus, merit increase or promotion.
create table raw.incentive (
    import_id bigint,
    sheet varchar,
    line integer,
    natural_key varchar,
    cycle varchar,
    employee_id varchar,
    employee_name varchar,
    employee_email varchar,
    unit varchar,
    incentive_kind varchar,    -- bonus, merit, promotion
    amount double,
    base_share double,         -- award as a part of base pay
    awarded_on date,
    to_grade varchar,
    note varchar
)
