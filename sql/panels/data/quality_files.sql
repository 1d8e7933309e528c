-- One row per imported file and step of the loop, the least clean first: its rows, those refused and those that are odd.
select
    file.file_name,
    file.import_id,
    quality.step,
    quality.row_count,
    quality.rejected_count,
    quality.finding_count,
    round(quality.clean_share, 4) as clean_share,
    quality.clean_share_reason as reason_key,
    file.imported_at
from fct_quality as quality
inner join raw.import as file on file.import_id = quality.import_id
order by
    quality.clean_share nulls first,
    quality.rejected_count + quality.finding_count desc,
    file.import_id desc,
    quality.step
