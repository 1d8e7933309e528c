-- One row: the kind of thing of which most is overdue, and for how long the oldest waits.
select
    'waiting' as finding_key,
    item.waiting_kind,
    count(*) as overdue_count,
    count(distinct item.employee_id) as people_count,
    max($as_of::date - item.due_on) as longest_days,
    item.waiting_kind as drill_waiting
from waiting_item($cycle) as item
inner join scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    on person.employee_id = item.employee_id
where item.due_on < $as_of::date
group by item.waiting_kind
order by
    overdue_count desc,
    item.waiting_kind
limit 1
