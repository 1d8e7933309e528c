-- One row per sheet of the import asked for: what it was taken for and what became of its rows.
select
    sheet,
    kind,
    header_line,
    read_count,
    new_count,
    changed_count,
    unchanged_count,
    rejected_count
from raw.import_sheet
where import_id = $import_id::bigint
order by sheet
