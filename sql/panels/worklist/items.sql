-- One row per thing that waits for somebody, the longest overdue first.
select
    person.employee_name,
    person.employee_id,
    person.unit,
    person.manager_name,
    person.manager_id,
    item.waiting_kind,
    item.about,
    item.cycle_id,
    item.since_on,
    item.due_on,
    $as_of::date - item.since_on as waiting_days,
    case when item.due_on < $as_of::date then $as_of::date - item.due_on end as overdue_days,
    item.waiting_kind as todo,
    item.item_note,
    item.note_cause,
    item.noted_on,
    item.noted_by,
    item.item_key
from waiting_item($cycle) as item
inner join scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    on person.employee_id = item.employee_id
where $waiting::varchar is null or item.waiting_kind = $waiting
order by
    overdue_days desc nulls last,
    waiting_days desc,
    person.employee_id,
    item.item_key
