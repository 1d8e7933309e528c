-- One row per goal of an employee or of a unit in a cycle.
create table raw.goal (
    import_id bigint,
    sheet varchar,
    line integer,
    natural_key varchar,
    cycle varchar,
    goal_id varchar,
    employee_id varchar,
    employee_name varchar,
    employee_email varchar,
    unit varchar,              -- the owner where no employee is named; else the employee's, as written
    parent_goal_id varchar,
    title varchar,
    category varchar,
    metric varchar,
    unit_of_measure varchar,
    direction varchar,         -- increase, decrease, maintain, milestone, binary
    baseline double,
    target double,
    target_lower double,
    target_upper double,
    actual double,             -- final actual
    progress double,           -- imported progress, a fraction
    weight double,             -- a fraction
    commitment varchar,        -- committed, aspirational
    is_strategic boolean,
    is_level boolean,          -- a level to hold rather than a sum to reach
    starts_on date,
    due_on date,
    status varchar,            -- the owner's own: not_started, on_track, at_risk, off_track, done, cancelled, overdue
    attributes varchar         -- JSON object of the levels beside the target, threshold and stretch: header to text
)
