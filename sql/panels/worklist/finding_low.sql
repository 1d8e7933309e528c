-- One row: how many people rated low wait for an improvement plan, where there are such.
select
    'waiting_low' as finding_key,
    count(distinct item.employee_id) as people_count,
    count(distinct item.employee_id) filter (item.due_on < $as_of::date) as overdue_count,
    'improvement' as drill_waiting
from waiting_item($cycle) as item
inner join scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    on person.employee_id = item.employee_id
where item.waiting_kind = 'improvement'
having count(*) > 0
