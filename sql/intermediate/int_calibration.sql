-- One row per calibrated person and cycle: the last decision up to as_of.
select
    coalesce(calibration.cycle, dated.cycle_id) as cycle_id,
    coalesce(calibration.employee_id, person.employee_id) as employee_id,
    fold(calibration.to_label) as folded_label,
    calibration.to_score as score,
    calibration.calibrated_on,
    calibration.natural_key,
    calibration.import_id,
    calibration.sheet,
    calibration.line
from stg_calibration as calibration
cross join dim_setting as setting
left join int_person_ref as person
    on person.person_key = calibration.person_key
left join int_cycle_of_date as dated
    on dated.on_date = calibration.calibrated_on
    and dated.is_after
    and calibration.cycle is null
where (calibration.calibrated_on <= setting.as_of or calibration.calibrated_on is null)
    and coalesce(calibration.to_label, calibration.to_score::varchar) is not null
qualify row_number() over (
    partition by coalesce(calibration.cycle, dated.cycle_id), coalesce(calibration.employee_id, person.employee_id)
    order by calibration.calibrated_on desc nulls last, calibration.import_id desc, calibration.line desc, calibration.natural_key
) = 1
