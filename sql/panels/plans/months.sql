-- One row per month in which milestones are due: how many were done in time, done late, are overdue or still to come.
select
    strftime(item.due_on, '%Y-%m') as due_month,
    count(*) filter (item.is_done and coalesce(item.done_on <= item.due_on, true)) as punctual_count,
    count(*) filter (item.is_done and item.done_on > item.due_on) as late_count,
    count(*) filter (item.is_overdue) as overdue_count,
    count(*) filter (not item.is_done and not item.is_overdue) as coming_count,
    count(distinct item.employee_id) as people_count,
    sum(count(*)) over ()::bigint as total_count
from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
inner join live_plan_item($cycle) as item on item.employee_id = person.employee_id
where item.due_on is not null
group by due_month
order by due_month
