-- One row per step of the loop: how clean its imported rows are now, and how that moved since the build before.
with build as (
    select
        build_id,
        row_number() over (order by build_id desc) as place
    from (select distinct build_id from raw.quality_history)
)
select
    now.step,
    now.row_count,
    now.rejected_count,
    now.finding_count,
    round(now.clean_share, 4) as clean_share,
    round(now.clean_share - before.clean_share, 4) as clean_change_points
from raw.quality_history as now
inner join build as newest on newest.build_id = now.build_id and newest.place = 1
left join build as last on last.place = 2
left join raw.quality_history as before on before.build_id = last.build_id and before.step = now.step
where now.step is not null
order by list_position(['people', 'goals', 'plan', 'monitoring', 'appraisal', 'feedback', 'improvement'], now.step)
