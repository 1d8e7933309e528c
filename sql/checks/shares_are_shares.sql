-- error: a share lies between 0 and 1 and attainment within its bounds
select
    person.employee_id,
    person.cycle_id
from fct_employee_cycle as person
join dim_cycle_setting as own
    on own.cycle_id = person.cycle_id
where measured_share not between 0 and 1 + 1e-9
    or plan_coverage_share not between 0 and 1 + 1e-9
    or cadence_share not between 0 and 1 + 1e-9
    or aligned_share not between 0 and 1 + 1e-9
    or rating_share not between 0 and 1
    or attainment not between 0 and own.attainment_cap + 1e-9
