-- One row per label and unit: the share of people a company expects to get the label, as last stated. Of a cycle whose guideline the
-- settings state (import_id null) files' rows are left out.
select
    import_id,
    sheet,
    line,
    natural_key,
    cycle,
    unit,
    label,
    share
from raw.guideline as stated
where import_id is null
    or not exists (
        select 1
        from raw.guideline as ours
        where ours.import_id is null
            and ours.cycle is not distinct from stated.cycle
    )
qualify row_number() over (partition by natural_key order by import_id desc, line desc, sheet desc) = 1
