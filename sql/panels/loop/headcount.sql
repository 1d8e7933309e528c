-- One row per unit: the employees we know, without any cycle.
select
    coalesce(unit.unit, employee.unit, '–') as unit,
    count(distinct employee.employee_id) as people_count,
    sum(count(distinct employee.employee_id)) over ()::bigint as total_count
from dim_employee as employee
left join dim_unit as unit on unit.unit_id = employee.unit_id
where
    employee.is_current
    and employee.left_on is null
group by coalesce(unit.unit, employee.unit, '–')
order by
    people_count desc,
    unit
