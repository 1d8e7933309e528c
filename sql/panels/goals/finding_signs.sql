-- One row: the clearest sign that a unit's targets are soft or steered.
select
    sign.gaming_sign as finding_key,
    unit.unit,
    round(sign.share, 4) as sign_share,
    round(sign.elsewhere_share, 4) as elsewhere_share,
    sign.sign_count,
    sign.goal_count,
    unit.unit_id as drill_unit
from target_sign($cycle) as sign
inner join unit_within($unit) as unit on unit.unit_id = sign.unit_id
order by
    sign.p_value,
    sign.share - sign.elsewhere_share desc,
    unit.unit_id,
    sign.gaming_sign
limit 1
