-- One row per bonus after a rating of B or better.
insert into raw.incentive by name
select
    1 as import_id,
    'bonus' as sheet,
    row_number() over () as line,
    cycle || '|' || employee_id || '|bonus' as natural_key,
    cycle,
    employee_id,
    'bonus' as incentive_kind,
    case label when 'S' then 0.2 when 'A' then 0.12 else 0.06 end as base_share,
    appraised_on + 20 as awarded_on
from raw.appraisal
where
    reviewer_role = 'manager'
    and label in ('S', 'A', 'B')
    and hash(employee_id, cycle, 'bonus') % 6 != 0
