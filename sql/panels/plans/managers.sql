-- One row per manager whose people have milestones due: how they were kept; those with most overdue first.
select
    any_value(person.manager_name) as manager_name,
    person.manager_id,
    count(*) filter (item.is_overdue) as overdue_count,
    count(*) as due_count,
    round(avg(item.is_punctual::int), 4) as punctual_share,
    max(item.late_days) filter (item.is_overdue) as longest_days,
    count(distinct person.employee_id) as people_count,
    count(*) over () as total_count
from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
inner join due_item($cycle) as item on item.employee_id = person.employee_id
where person.manager_id is not null
group by person.manager_id
order by
    overdue_count desc,
    punctual_share,
    person.manager_id
limit 100
