-- One row per label of the cycle's scale: the people who got it, the comparison cycle's and the guideline.
with person as (
    select
        cycle_id,
        rating_label as label
    from scoped_person(null, $unit, $job_family, $location, $grade, $manager, $attributes)
    where
        cycle_id in ($cycle, $compare)
        and rating_label is not null
),
rated as (
    select
        cycle_id,
        label,
        count(*) as people_count,
        count(*) / sum(count(*)) over (partition by cycle_id) as people_share
    from person
    group by
        cycle_id,
        label
)
select
    coalesce(case when $lang = 'zh' then scale.label_zh else scale.label_en end, scale.label_en, scale.label_zh, scale.code) as rating,
    scale.code as label,
    scale.rank,
    coalesce(rated.people_count, 0) as people_count,
    round(coalesce(rated.people_share, 0), 4) as people_share,
    round(before.people_share, 4) as compare_people_share,
    scale.guideline_share,
    round(rated.people_share - scale.guideline_share, 4) as to_guideline_points,
    sum(coalesce(rated.people_count, 0)) over ()::bigint as total_count
from dim_rating_label as scale
left join rated on rated.cycle_id = scale.cycle_id and rated.label = scale.code
left join rated as before on before.cycle_id = $compare and before.label = scale.code
where
    scale.cycle_id = $cycle
    and exists (select 1 from rated where cycle_id = $cycle)
order by scale.rank
