-- One row per employee; the first of each department is its manager.
insert into raw.employee by name
select
    1 as import_id,
    'employee' as sheet,
    i as line,
    'e' || i as natural_key,
    'E' || i as employee_id,
    'Person ' || i as employee_name,
    'p' || i || '@example.com' as employee_email,
    'T' || (i % departments) as unit,
    ['Sales', 'Engineering', 'Service', 'Finance'][1 + i % departments % 4] as job_family,
    'Specialist' as position,
    'P' || (1 + hash(i, 'grade') % 6) as grade,
    ['Shanghai', 'Berlin', 'Austin'][1 + (hash(i, 'place') % 3)::integer] as location,
    case when i <= departments then 'E1' else 'E' || coalesce(nullif(i % departments, 0), departments) end as manager_id,
    'active' as employment_status,
    date '2015-01-01' + (hash(i, 'hired') % 4000)::integer as hired_on,
    case when hash(i, 'gender') % 2 = 0 then 'female' else 'male' end as gender,
    40000 + hash(i, 'pay') % 60000 as base_pay_amount,
    '{"Level": "' || (1 + i % 3) || '"}' as attributes
from (
    select i, greatest(5, $employees // 40) as departments
    from range(1, $employees + 1) as numbers(i)
)
