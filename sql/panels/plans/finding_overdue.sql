-- One row: how many milestones are overdue, of how many people, and the one that has been so the longest.
select
    case when count(*) = 1 then 'milestones_overdue_one' else 'milestones_overdue' end as finding_key,
    count(*) as milestone_count,
    count(distinct person.employee_id) as people_count,
    max(item.late_days) as overdue_days,
    first(coalesce(person.employee_name, person.employee_id) order by item.late_days desc, person.employee_id, item.natural_key) as person,
    first(item.title order by item.late_days desc, person.employee_id, item.natural_key) as milestone,
    'milestone_overdue' as drill_sign
from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
inner join live_plan_item($cycle) as item on item.employee_id = person.employee_id
where
    item.is_overdue
    and not (select is_closed from dim_cycle where cycle_id = $cycle)  -- afterwards they are a fact, not a task
having count(*) > 0
