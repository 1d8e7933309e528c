-- One row per plan item (milestone, task) of a goal, as last stated.
select
    import_id,
    sheet,
    line,
    natural_key,
    cycle,
    plan_item_id,
    goal_id,
    goal_title,
    employee_id,
    employee_name,
    employee_email,
    unit,
    title,
    weight,
    starts_on,
    due_on,
    done_on,
    is_done,
    progress,
    status,
    person_key(employee_id, employee_email, employee_name, unit) as person_key
from raw.plan_item
where is_in_scope('plan_item', natural_key)
    and is_last_stated('plan_item', rowid)
