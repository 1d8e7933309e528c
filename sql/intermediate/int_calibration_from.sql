-- One row per cycle and text that a calibration decision gives as the label before it: the scale's label.
select
    label.cycle_id,
    given.from_label,
    arg_min(label.code, label.rank) as code
from (select distinct from_label from stg_calibration where from_label is not null) as given
join dim_rating_label as label
    on fold(given.from_label) in (fold(label.code), fold(label.label_en), fold(label.label_zh))
where is_cycle_in_scope(label.cycle_id)
group by label.cycle_id, given.from_label
