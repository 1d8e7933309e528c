-- One row per label and unit: the share of people a company expects to get the label, as last stated.
select
    import_id,
    sheet,
    line,
    natural_key,
    cycle,
    unit,
    label,
    share
from raw.guideline
qualify row_number() over (partition by natural_key order by import_id desc, line desc, sheet desc) = 1
