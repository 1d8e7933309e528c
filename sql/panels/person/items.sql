-- One row per item of the plans of the person's goals, what is open first, then the newest.
select
    item.cycle_id,
    goal.title as goal_title,
    item.title,
    item.due_on,
    item.done_on,
    case
        when item.is_done and coalesce(item.late_days, 0) = 0 then 'on_time'
        when item.is_done then 'late'
        when item.is_overdue then 'missed'
        else 'open'
    end as item_state,
    item.late_days,
    item.natural_key
from fct_plan_item as item
left join fct_goal as goal on goal.goal_no = item.goal_no
where item.employee_id = $employee_id
order by
    item.is_done,
    item.due_on desc nulls last,
    item.title
