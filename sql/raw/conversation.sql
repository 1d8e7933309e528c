-- One row per conversation or observation about a person's performance.
create table raw.conversation (
    import_id bigint,
    sheet varchar,
    line integer,
    natural_key varchar,
    cycle varchar,
    employee_id varchar,
    employee_name varchar,
    employee_email varchar,
    unit varchar,
    conversation_kind varchar, -- one_on_one, observation, suggestion, feedback, appeal
    held_on date,
    held_by_id varchar,
    held_by_name varchar,
    strengths varchar,
    improvements varchar,      -- points to improve
    response varchar,          -- the person's own
    is_acknowledged boolean,
    acknowledged_on date
)
