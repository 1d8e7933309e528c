-- One row per improvement plan or development action of the person, the newest first.
select
    cycle_id,
    plan_kind,
    focus,
    starts_on,
    ends_on,
    outcome,
    outcome_on,
    natural_key
from fct_improvement_plan
where employee_id = $employee_id
order by starts_on desc
