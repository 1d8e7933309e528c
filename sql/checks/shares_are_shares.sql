-- error: a share lies between 0 and 1 and attainment within its bounds
select
    employee_id,
    cycle_id
from fct_employee_cycle
where measured_share not between 0 and 1 + 1e-9
    or plan_coverage_share not between 0 and 1 + 1e-9
    or cadence_share not between 0 and 1 + 1e-9
    or aligned_share not between 0 and 1 + 1e-9
    or rating_share not between 0 and 1
    or attainment not between 0 and (select attainment_cap from dim_setting) + 1e-9
