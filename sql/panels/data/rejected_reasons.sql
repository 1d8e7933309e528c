-- One row per problem of a row of the import asked for that was not stored.
select
    sheet,
    line,
    kind,
    header,
    problem_key,
    arguments
from raw.problem
where import_id = $import_id::bigint
and severity = 'rejected'
and line is not null
order by
    sheet,
    line
