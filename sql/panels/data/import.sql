-- One row: the import asked for.
select
    import_id,
    file_name,
    imported_at,
    imported_by
from raw.import
where import_id = $import_id::bigint
