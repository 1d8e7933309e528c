-- One row per feedback conversation after a manager's appraisal; one in seven is missing, one in nine not acknowledged.
-- And one per one-to-one with one person in five, and per observation of one in ten, in each cycle.
insert into raw.conversation by name
select
    1 as import_id,
    'conversation' as sheet,
    row_number() over () as line,
    cycle || '|' || employee_id || '|feedback' as natural_key,
    cycle,
    employee_id,
    'feedback' as conversation_kind,
    appraised_on + (hash(employee_id, cycle, 'held') % 20)::integer as held_on,
    reviewer_id as held_by_id,
    'Meets deadlines' as strengths,
    case when hash(employee_id, cycle, 'improve') % 3 != 0 then 'Complaints are many' end as improvements,
    hash(employee_id, cycle, 'seen') % 9 != 0 as is_acknowledged
from raw.appraisal
where
    reviewer_role = 'manager'
    and hash(employee_id, cycle, 'talk') % 7 != 0
union all by name
select
    1 as import_id,
    'conversation' as sheet,
    row_number() over () as line,
    cycle.cycle || '|' || person.employee_id || '|' || kind.conversation_kind as natural_key,
    cycle.cycle,
    person.employee_id,
    kind.conversation_kind,
    cycle.starts_on + 30 + (hash(person.employee_id, cycle.cycle, 'met') % 90)::integer as held_on,
    person.manager_id as held_by_id
from raw.employee as person
cross join raw.cycle as cycle
inner join (values ('one_on_one', 5), ('observation', 10)) as kind(conversation_kind, one_in)
    on hash(person.employee_id, cycle.cycle, kind.conversation_kind) % kind.one_in = 0
