-- One row per judgement of a person by one reviewer on one item or overall.
-- scope: natural_key of appraisal
select
    appraisal.cycle_id,
    appraisal.employee_id,
    appraisal.reviewer_role,
    appraisal.reviewer_id,
    appraisal.item,
    appraisal.part,
    appraisal.score,
    coalesce(judgement.code, appraisal.label) as label,
    judgement.value_share,
    appraisal.appraised_on,
    appraisal.natural_key,
    appraisal.import_id,
    appraisal.sheet,
    appraisal.line
from int_appraisal as appraisal
left join int_judgement as judgement
    on judgement.cycle_id = appraisal.cycle_id
    and judgement.folded_label is not distinct from appraisal.folded_label
    and judgement.score is not distinct from appraisal.score
