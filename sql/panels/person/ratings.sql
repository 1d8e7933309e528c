-- One row per judgement of the person, the newest first.
select
    appraisal.cycle_id,
    appraisal.reviewer_role,
    coalesce(reviewer.employee_name, appraisal.reviewer_id) as reviewer,
    appraisal.part,
    appraisal.item,
    appraisal.label as rating_given,
    appraisal.score,
    appraisal.value_share,
    appraisal.appraised_on,
    appraisal.natural_key
from fct_appraisal as appraisal
left join dim_employee as reviewer on reviewer.employee_id = appraisal.reviewer_id and reviewer.is_current
left join dim_cycle as cycle on cycle.cycle_id = appraisal.cycle_id
where appraisal.employee_id = $employee_id
order by
    cycle.starts_on desc nulls last,
    coalesce(appraisal.part, appraisal.item) is not null,
    appraisal.reviewer_role
