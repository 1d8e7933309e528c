-- One row: the thing that waits under the key, with whom it is about.
select
    person.employee_name,
    item.employee_id,
    person.unit,
    person.manager_name,
    item.waiting_kind,
    item.about,
    item.cycle_id,
    item.since_on,
    item.due_on,
    $as_of::date - item.since_on as waiting_days,
    case when item.due_on < $as_of::date then $as_of::date - item.due_on end as overdue_days,
    item.waiting_kind as todo
from waiting_item($cycle) as item
inner join scoped_person($cycle, $unit, null, null, null, null, null) as person
    on person.employee_id = item.employee_id
where item.item_key = $key
