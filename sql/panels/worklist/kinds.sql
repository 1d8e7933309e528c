-- One row per kind of thing that can wait, in the order of the loop: how many, how many of them overdue, and for how long the oldest.
with kind as (
    select place, waiting_kind, step
    from (values (1, 'no_goals', 'goals'), (2, 'plan_item', 'plan'), (3, 'check_in', 'monitoring'), (4, 'alarm', 'monitoring'),
        (5, 'unrated', 'appraisal'), (6, 'feedback', 'feedback'), (7, 'acknowledgement', 'feedback'), (8, 'improvement', 'improvement')) as listed(place, waiting_kind, step)
),
item as (
    select
        item.waiting_kind,
        item.employee_id,
        item.since_on,
        item.item_note is not null or item.note_cause is not null as is_noted,
        item.due_on < $as_of::date as is_overdue
    from waiting_item($cycle) as item
    inner join scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
        on person.employee_id = item.employee_id
)
select
    kind.waiting_kind,
    count(item.employee_id) as item_count,
    count(distinct item.employee_id) as people_count,
    count(*) filter (item.is_overdue) as overdue_count,
    count(*) filter (item.is_noted) as noted_count,
    max($as_of::date - item.since_on) as longest_days,
    case
        when kind.waiting_kind = 'alarm' and not exists (select 1 from fct_reading) then 'no_evidence'
        when kind.waiting_kind != 'alarm'
            and kind.step not in (select step from fct_step_unit where unit_id is null and is_known) then 'no_evidence'
    end as reason_key
from kind
left join item on item.waiting_kind = kind.waiting_kind
where exists (select 1 from dim_cycle)
group by
    kind.place,
    kind.waiting_kind,
    kind.step
order by kind.place
