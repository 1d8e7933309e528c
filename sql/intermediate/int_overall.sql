-- One row per person, cycle and reviewer role with an overall judgement: the last one. HR counts as the committee.
select
    cycle_id,
    employee_id,
    case when reviewer_role = 'hr' then 'committee' else reviewer_role end as role,
    reviewer_id,
    label,
    score,
    value_share,
    appraised_on,
    natural_key,
    import_id,
    sheet,
    line
from fct_appraisal
where item is null
    and part is null
    and employee_id is not null
    and cycle_id is not null
    and reviewer_role in ('self', 'manager', 'committee', 'hr')
qualify row_number() over (
    partition by cycle_id, employee_id, role
    order by appraised_on desc nulls last, import_id desc, line desc, natural_key
) = 1
