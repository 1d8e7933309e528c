-- One row per judgement up to as_of, its person, cycle and reviewer found; the label and value not yet.
select
    appraisal.natural_key,
    coalesce(appraisal.cycle, dated.cycle_id) as cycle_id,
    coalesce(appraisal.employee_id, person.employee_id) as employee_id,
    coalesce(appraisal.reviewer_role, 'manager') as reviewer_role,
    coalesce(appraisal.reviewer_id, reviewer.employee_id, appraisal.reviewer_name) as reviewer_id,
    appraisal.item,
    appraisal.part,
    appraisal.score,
    appraisal.label,
    fold(appraisal.label) as folded_label,
    appraisal.appraised_on,
    appraisal.import_id,
    appraisal.sheet,
    appraisal.line
from stg_appraisal as appraisal
cross join dim_setting as setting
left join int_person_ref as person
    on person.person_key = appraisal.person_key
left join (
    select folded_name, min(employee_id) as employee_id
    from int_roster
    group by folded_name
    having count(*) = 1
) as reviewer
    on reviewer.folded_name = fold(appraisal.reviewer_name)
left join int_cycle_of_date as dated
    on dated.on_date = appraisal.appraised_on
    and dated.is_after
    and appraisal.cycle is null
where (appraisal.appraised_on <= setting.as_of or appraisal.appraised_on is null)
    and (appraisal.score is not null or appraisal.label is not null)
