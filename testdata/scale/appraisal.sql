-- One row per appraisal by the employee and by the manager, about three weeks after each cycle; one in twelve is missing.
insert into raw.appraisal by name
with rated as (
    select
        cycle.cycle,
        cycle.ends_on,
        person.employee_id,
        person.manager_id,
        role.reviewer_role,
        hash(person.employee_id, cycle.cycle) % 56 as luck,
        hash(person.employee_id, cycle.cycle, role.reviewer_role) % 30 as noise
    from raw.cycle as cycle
    cross join raw.employee as person
    cross join (values ('self'), ('manager')) as role(reviewer_role)
    where
        hash(person.employee_id, cycle.cycle, 'rated') % 12 != 0
        and cycle.ends_on < date '2026-11-01'
)

select
    1 as import_id,
    'appraisal' as sheet,
    row_number() over () as line,
    cycle || '|' || employee_id || '|' || reviewer_role as natural_key,
    cycle,
    employee_id,
    reviewer_role,
    case when reviewer_role = 'self' then employee_id else manager_id end as reviewer_id,
    ['D', 'C', 'B', 'A', 'S'][1 + ((luck + noise) // 18)::integer] as label,
    ends_on + 21 as appraised_on
from rated
