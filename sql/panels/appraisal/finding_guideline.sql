-- One row: the label that is furthest beyond its guideline by more than chance, and how many people that is.
select
    'guideline' as finding_key,
    coalesce(case when $lang = 'zh' then scale.label_zh else scale.label_en end, scale.label_en, scale.label_zh, distribution.label) as rating,
    round(distribution.label_share, 3) as people_share,
    round(distribution.guideline_share, 3) as guideline_share,
    round(abs(distribution.over_count))::bigint as people_count,
    distribution.unit_id as drill_unit
from fct_rating_distribution as distribution
inner join dim_rating_label as scale on scale.cycle_id = distribution.cycle_id and scale.code = distribution.label
where
    distribution.cycle_id = $cycle
    and distribution.unit_id is not distinct from $unit::varchar
    and distribution.is_beyond_chance
    and coalesce($job_family, $location, $grade, $manager, $attributes)::varchar is null
order by abs(distribution.over_count) desc
limit 1
