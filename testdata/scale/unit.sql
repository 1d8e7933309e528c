-- One row per unit of three levels: the company, five divisions, a department for every 40 employees.
insert into raw.unit by name
with divisions as (
    select 'D' || i as unit_id, 'Division ' || i as unit, 'C' as parent_unit, 'division' as unit_type
    from range(1, 6) as numbers(i)
),

departments as (
    select 'T' || i as unit_id, 'Department ' || i as unit, 'D' || (1 + i % 5) as parent_unit, 'department' as unit_type
    from range(greatest(5, $employees // 40)) as numbers(i)
)

select 1 as import_id, 'unit' as sheet, row_number() over () as line, unit_id as natural_key, *
from (
    select 'C' as unit_id, 'Company' as unit, null as parent_unit, 'company' as unit_type
    union all
    select * from divisions
    union all
    select * from departments
)
