-- One row per manager whose people have something waiting, by the step it belongs to: the twelve who have most.
select
    coalesce(person.manager_name, person.manager_id) as manager_name,
    person.manager_id,
    count(*) as item_count,
    count(distinct item.employee_id) as people_count,
    count(*) filter (item.due_on < $as_of::date) as overdue_count,
    count(*) filter (item.step = 'goals') as goals_count,
    count(*) filter (item.step = 'plan') as plan_count,
    count(*) filter (item.step = 'monitoring') as monitoring_count,
    count(*) filter (item.step = 'appraisal') as appraisal_count,
    count(*) filter (item.step = 'feedback') as feedback_count,
    count(*) filter (item.step = 'improvement') as improvement_count,
    max($as_of::date - item.since_on) as longest_days
from waiting_item($cycle) as item
inner join scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    on person.employee_id = item.employee_id
where $waiting::varchar is null or item.waiting_kind = $waiting
group by
    person.manager_id,
    coalesce(person.manager_name, person.manager_id)
order by
    item_count desc,
    person.manager_id nulls last
limit 12
