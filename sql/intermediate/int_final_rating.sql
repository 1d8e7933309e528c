-- One row per rated employee and cycle: calibrated, else the manager's, else the committee's; never self or peer.
with offered as (
    select
        calibration.cycle_id,
        calibration.employee_id,
        'calibrated' as rating_source,
        judgement.code as label,
        calibration.score,
        judgement.value_share,
        calibration.calibrated_on as rated_on,
        calibration.natural_key,
        calibration.import_id,
        calibration.sheet,
        calibration.line
    from int_calibration as calibration
    join int_judgement as judgement
        on judgement.cycle_id = calibration.cycle_id
        and judgement.folded_label is not distinct from calibration.folded_label
        and judgement.score is not distinct from calibration.score
    where calibration.employee_id is not null
    union all
    select cycle_id, employee_id, role, label, score, value_share, appraised_on, natural_key, import_id, sheet, line
    from int_overall
    where role in ('manager', 'committee')
)

select *
from offered
qualify row_number() over (
    partition by cycle_id, employee_id
    order by list_position(['calibrated', 'manager', 'committee'], rating_source)
) = 1
