-- One row per goal that its owner sees otherwise than its figures do, the most flattering first.
select
    person.employee_name,
    person.employee_id,
    goal.title,
    goal.owner_status,
    goal.status,
    round(goal.attainment, 4) as attainment,
    count(*) over () as total_count
from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
inner join fct_goal as goal on goal.employee_id = person.employee_id and goal.cycle_id = person.cycle_id
where
    not goal.is_cancelled
    and status_level(goal.owner_status) != status_level(goal.status)
order by
    status_level(goal.owner_status) - status_level(goal.status) desc,
    goal.pace nulls first,
    person.employee_id,
    goal.goal_no
limit 200
