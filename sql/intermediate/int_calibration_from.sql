-- One row per calibration decision that counts and says which label of the scale it started from.
select
    calibration.natural_key,
    arg_min(label.code, label.rank) as code
from int_calibration as calibration
join stg_calibration as stated
    on stated.natural_key = calibration.natural_key
join dim_rating_label as label
    on label.cycle_id = calibration.cycle_id
    and fold(stated.from_label) in (fold(label.code), fold(label.label_en), fold(label.label_zh))
group by calibration.natural_key
