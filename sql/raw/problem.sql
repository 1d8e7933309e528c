-- One row per problem met while importing: a rejected row's reason or a finding about a stored row.
create table raw.problem (
    import_id bigint,
    sheet varchar,
    line integer,              -- null: the problem is the sheet's or the file's
    kind varchar,
    severity varchar,          -- rejected, finding
    field varchar,             -- our name of the column
    header varchar,            -- the file's name of the column
    cell varchar,              -- the cell's own text
    problem_key varchar,       -- key of the words, problem.<key>
    arguments varchar          -- JSON object for the words
)
