-- One row per row of the import asked for that was not stored, with its cells as they were.
select
    sheet,
    line,
    kind,
    cells
from raw.rejected_row
where import_id = $import_id::bigint
order by
    sheet,
    line
