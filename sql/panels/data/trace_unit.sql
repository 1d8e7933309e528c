-- One row per stored version of a row of raw.unit, the current one first, with the file it came from.
select
    version.*,  -- a trace shows whatever the file said
    import.file_name,
    import.imported_at
from raw.unit as version
left join raw.import as import on import.import_id = version.import_id
where version.natural_key = $key
order by
    version.import_id desc,
    version.line desc
