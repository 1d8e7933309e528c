-- One row per plan item of a goal.
-- scope: natural_key of plan_item
select
    item.plan_item_key,
    item.goal_no,
    item.goal_id,
    item.cycle_id,
    item.employee_id,
    item.unit_id,
    item.title,
    item.weight,
    item.starts_on,
    item.due_on,
    item.done_on,
    item.is_done,
    not item.is_done and item.due_on < setting.as_of as is_overdue,
    case
        when item.due_on is null then null
        when item.is_done then greatest(item.done_on - item.due_on, 0)
        when item.due_on < setting.as_of then setting.as_of - item.due_on
    end as late_days,
    item.natural_key,
    item.import_id,
    item.sheet,
    item.line
from int_plan_item as item
cross join dim_setting as setting
