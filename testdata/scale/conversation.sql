-- One row per feedback conversation after a manager's appraisal; one in seven is missing, one in nine not acknowledged.
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
