-- One row: the import asked for.
select
    import_id,
    file_name,
    imported_at,
    imported_by,
    undone_at,
    undone_by,
    exists (
        select 1
        from raw.rejected_row
        where rejected_row.import_id = import.import_id
    ) as has_rejected
from raw.import
where import_id = $import_id::bigint
