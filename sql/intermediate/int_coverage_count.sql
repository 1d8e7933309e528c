-- One row per unit, cycle and plan coverage: the people active in the cycle. Without live goals there is nothing to cover.
select cycle_id, unit_id, plan_coverage_share, count(*) as person_count
from fct_employee_cycle
group by cycle_id, unit_id, plan_coverage_share
