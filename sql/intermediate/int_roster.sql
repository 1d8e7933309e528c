-- One row per person of the employee files: the names and addresses by which others may mean them.
select
    coalesce(employee_id, 'name:' || coalesce(unit, '') || '/' || coalesce(employee_name, employee_email)) as employee_id,
    arg_max(employee_name, coalesce(effective_on, date '0001-01-01')) as employee_name,
    arg_max(fold(employee_name), coalesce(effective_on, date '0001-01-01')) as folded_name,
    arg_max(fold(employee_email), coalesce(effective_on, date '0001-01-01')) as folded_email,
    list(distinct ref.unit_id) filter (where ref.unit_id is not null) as unit_ids
from stg_employee as employee
left join int_unit_ref as ref
    on ref.unit_text = trim(employee.unit)
group by 1
