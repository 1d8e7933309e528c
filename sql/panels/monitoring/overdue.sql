-- One row per person with a goal whose next check-in is overdue, the longest first.
select
    person.employee_name,
    person.employee_id,
    person.unit,
    person.manager_name,
    watch.check_in_overdue_days,
    watch.goal_check_in_overdue_count,
    watch.watched_goal_count,
    watch.next_check_in_due_on as overdue_since_on,
    watch.last_check_in_on,
    round(person.attainment, 4) as attainment,
    count(*) over () as total_count
from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
inner join fct_employee_monitoring as watch on watch.employee_id = person.employee_id and watch.cycle_id = person.cycle_id
where watch.is_check_in_overdue
order by
    watch.check_in_overdue_days desc,
    watch.goal_check_in_overdue_count desc,
    person.employee_id
limit 200
