-- One row: the manager with most overdue for each person led, among those with at least three things overdue.
with team as (
    select
        manager_id,
        any_value(coalesce(manager_name, manager_id)) as manager,
        count(*) as team_count
    from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes)
    where manager_id is not null
    group by manager_id
)
select
    'waiting_manager' as finding_key,
    team.manager,
    count(*) as overdue_count,
    count(distinct item.employee_id) as people_count,
    team.team_count,
    team.manager_id as drill_manager
from waiting_item($cycle) as item
inner join scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    on person.employee_id = item.employee_id
inner join team on team.manager_id = person.manager_id
where item.due_on < $as_of::date
group by
    team.manager_id,
    team.manager,
    team.team_count
having count(*) >= 3
order by
    count(*) / team.team_count desc,
    team.manager_id
limit 1
