-- One row per label of a rating scale, as last stated. Of a cycle whose scale the settings state (import_id null) files' labels are left out.
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
from raw.rating_scale as stated
where import_id is null
    or not exists (
        select 1
        from raw.rating_scale as ours
        where ours.import_id is null
            and ours.cycle is not distinct from stated.cycle
    )
qualify row_number() over (partition by natural_key order by import_id desc, line desc, sheet desc) = 1
