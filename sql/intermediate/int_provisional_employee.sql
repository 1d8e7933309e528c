-- One row per person whom files mention and no employee file knows, in the unit that was named last.
with mention as (
    select import_id, employee_id, employee_name, unit from int_naming
    union all
    select 0, employee_id, employee_name, unit_text from int_person_ref where found_by = 'provisional'
)

select
    employee_id,
    max(employee_name) as employee_name,
    max_by(trim(unit), row(import_id, trim(unit))) filter (where unit is not null) as unit_text
from mention
where employee_id is not null
    and employee_id not in (select employee_id from int_roster)
group by employee_id
