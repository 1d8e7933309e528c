-- One row per label of a rating scale, as last stated.
select
    import_id,
    sheet,
    line,
    natural_key,
    cycle,
    code,
    label_en,
    label_zh,
    rank,
    value,
    lower_score,
    upper_score
from raw.rating_scale
qualify row_number() over (partition by natural_key order by import_id desc, line desc, sheet desc) = 1
