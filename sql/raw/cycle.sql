-- One row per performance cycle.
create table raw.cycle (
    import_id bigint,
    sheet varchar,
    line integer,
    natural_key varchar,
    cycle varchar,             -- canonical label: 2025, 2025H1, 2025Q3, 2025-07, else the text as written
    cycle_name varchar,
    cycle_kind varchar,        -- year, half, quarter, month, other
    starts_on date,
    ends_on date,
    goals_due_on date,
    plans_due_on date,
    monitoring_due_on date,
    appraisal_due_on date,
    feedback_due_on date,
    improvement_due_on date,
    check_in_days integer      -- length of a check-in period
)
