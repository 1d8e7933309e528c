-- One row per reason and column of the import asked for, with how often it was met and where first.
select
    severity,
    sheet,
    kind,
    coalesce(header, field) as header,
    problem_key,
    any_value(arguments) as arguments,
    count(*) as row_count,
    min(line) as first_line,
    min_by(cell, line) as example_cell
from raw.problem
where import_id = $import_id::bigint
group by
    severity,
    sheet,
    kind,
    coalesce(header, field),
    problem_key
order by
    severity desc,
    row_count desc
