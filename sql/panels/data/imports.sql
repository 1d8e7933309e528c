-- One row per imported file, the newest first, with what became of its rows.
with sheet as (
    select
        import_id,
        string_agg(distinct kind, ', ' order by kind) as kinds,
        sum(read_count) as read_count,
        sum(new_count) as new_count,
        sum(changed_count) as changed_count,
        sum(unchanged_count) as unchanged_count,
        sum(rejected_count) as rejected_count
    from raw.import_sheet
    group by import_id
),
problem as (
    select
        import_id,
        count(*) filter (severity = 'finding') as finding_count
    from raw.problem
    group by import_id
)
select
    import.import_id,
    import.file_name,
    sheet.kinds,
    sheet.read_count,
    sheet.new_count,
    sheet.changed_count,
    sheet.unchanged_count,
    sheet.rejected_count,
    coalesce(problem.finding_count, 0) as finding_count,
    import.imported_by,
    import.imported_at,
    import.undone_at,
    import.undone_by
from raw.import as import
left join sheet on sheet.import_id = import.import_id
left join problem on problem.import_id = import.import_id
order by import.import_id desc
