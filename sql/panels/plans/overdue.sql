-- One row per overdue milestone, the longest overdue first.
select
    person.employee_name,
    person.employee_id,
    person.unit,
    person.manager_name,
    item.title as milestone,
    goal.title,
    item.due_on,
    item.late_days as overdue_days,
    round(goal.attainment, 4) as attainment,
    item.natural_key,
    count(*) over () as total_count
from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
inner join live_plan_item($cycle) as item on item.employee_id = person.employee_id
left join fct_goal as goal on goal.goal_no = item.goal_no and goal.cycle_id = item.cycle_id
where item.is_overdue
order by
    item.late_days desc,
    person.employee_id,
    item.natural_key
limit 200
