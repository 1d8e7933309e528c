-- One row per unit in scope and sign that its targets are soft or steered, where it shows more often than elsewhere by more than chance; the clearest first.
select
    unit.unit,
    unit.unit_id,
    sign.gaming_sign,
    round(sign.share, 4) as sign_share,
    round(sign.elsewhere_share, 4) as elsewhere_share,
    sign.sign_count,
    sign.goal_count,
    sign.people_count,
    sign.gaming_sign as gaming_note
from target_sign($cycle) as sign
inner join unit_within($unit) as unit on unit.unit_id = sign.unit_id
order by
    sign.p_value,
    sign.share - sign.elsewhere_share desc,
    unit.unit_id,
    sign.gaming_sign
