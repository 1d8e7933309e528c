-- One row per imported file and step of the loop: its rows, those refused and those with a finding.
with source as (
    select
        sheet.import_id,
        step_of_kind(sheet.kind) as step,
        sum(sheet.read_count) as row_count,
        sum(sheet.rejected_count) as rejected_count
    from raw.import_sheet as sheet
    join raw.import as file
        on file.import_id = sheet.import_id
        and file.undone_at is null
    where sheet.kind is not null
    group by all
),

odd as (
    select
        import_id,
        step,
        count(*) as finding_count,
        count(distinct (sheet, line)) as finding_row_count
    from main.fct_finding
    group by all
)

select
    coalesce(source.import_id, odd.import_id) as import_id,
    coalesce(source.step, odd.step) as step,
    coalesce(source.row_count, 0)::bigint as row_count,
    coalesce(source.rejected_count, 0)::bigint as rejected_count,
    coalesce(odd.finding_count, 0) as finding_count,
    coalesce(odd.finding_row_count, 0) as finding_row_count,
    case
        when source.row_count > 0
            then greatest(1 - (source.rejected_count + coalesce(odd.finding_row_count, 0)) / source.row_count::double, 0)
    end as clean_share,
    case when coalesce(source.row_count, 0) = 0 then 'no_evidence' end as clean_share_reason
from source
full join odd
    on odd.import_id = source.import_id
    and odd.step = source.step
