-- One row per plan item (milestone, task) of a goal.
create table raw.plan_item (
    import_id bigint,
    sheet varchar,
    line integer,
    natural_key varchar,
    cycle varchar,
    plan_item_id varchar,
    goal_id varchar,
    goal_title varchar,
    employee_id varchar,
    employee_name varchar,
    employee_email varchar,
    unit varchar,
    title varchar,
    weight double,
    starts_on date,
    due_on date,
    done_on date,
    is_done boolean,
    progress double,
    status varchar
)
