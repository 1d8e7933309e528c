-- One row per organisational unit, as last stated.
select
    import_id,
    sheet,
    line,
    natural_key,
    unit_id,
    unit,
    parent_unit,
    unit_type,
    head_id,
    head_name
from raw.unit
qualify row_number() over (partition by natural_key order by import_id desc, line desc, sheet desc) = 1
