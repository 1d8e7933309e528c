-- One row per unit, cycle and days late: the plan items due by as_of, but for those of cancelled goals. An item done on an unknown day counts
-- as on time, for late could not be shown; one that is due today and not done is not late yet.
-- joins as written
select
    item.cycle_id,
    coalesce(person.unit_id, item.unit_id) as unit_id,
    coalesce(item.late_days, 0) as late_days,
    count(*) as due_count,
    count(*) filter (where item.is_done and coalesce(item.done_on <= item.due_on, true)) as punctual_count
from fct_plan_item as item
cross join dim_setting as setting
left join fct_employee_cycle as person
    on person.employee_id = item.employee_id
    and person.cycle_id = item.cycle_id
left join (select goal_no from fct_goal where is_cancelled) as cancelled
    on cancelled.goal_no = item.goal_no
where item.due_on <= setting.as_of
    and item.cycle_id is not null
    and cancelled.goal_no is null
group by all
