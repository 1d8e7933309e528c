-- One row per cause that somebody named in a note on a thing that still waits, and per kind of thing.
select
    item.note_cause,
    item.waiting_kind,
    count(*) as item_count,
    count(distinct item.employee_id) as people_count
from waiting_item($cycle) as item
inner join scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    on person.employee_id = item.employee_id
where
    item.note_cause is not null
    and ($waiting::varchar is null or item.waiting_kind = $waiting)
group by
    item.note_cause,
    item.waiting_kind
order by
    item_count desc,
    item.note_cause,
    item.waiting_kind
