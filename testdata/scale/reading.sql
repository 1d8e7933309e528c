-- One row per monthly KPI value of one employee in ten over the cycles; one series in four drops by half for
-- a month of the last cycle but one and of the last, and one in three is silent for two months.
insert into raw.reading by name
with months as (
    select (first_on + to_months(m::integer))::date as read_on, m
    from (select min(starts_on) as first_on from raw.cycle)
    cross join range(6 * $cycles) as numbers(m)
)

select
    1 as import_id,
    'kpi' as sheet,
    row_number() over () as line,
    'orders|' || person.employee_id || '|' || months.read_on as natural_key,
    'Orders' as metric,
    person.employee_id,
    months.read_on,
    (100 + hash(person.employee_id, months.m) % 20) * case
        when hash(person.employee_id, 'drop') % 4 = 0 and 6 * $cycles - months.m in (4, 8) then 0.5 else 1.0
    end as value,
    'increase' as direction
from raw.employee as person
cross join months
where
    hash(person.employee_id, 'kpi') % 10 = 0
    and (hash(person.employee_id, 'silent') % 3 != 0 or 6 * $cycles - months.m not in (6, 9, 10))
