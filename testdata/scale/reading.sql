-- One row per monthly KPI value of one employee in ten over the cycles; one series in twenty drops by half for a month.
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
        when hash(person.employee_id, 'drop') % 20 = 0 and months.m = 20 then 0.5 else 1.0
    end as value,
    'increase' as direction
from raw.employee as person
cross join months
where hash(person.employee_id, 'kpi') % 10 = 0
