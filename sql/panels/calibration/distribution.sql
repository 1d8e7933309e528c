-- One row per label of the cycle's scale, the highest first: the guideline and how many people of the unit have it.
with rated as (
    select
        rating.label,
        rating.original_label
    from scoped_person($cycle, $unit, null, null, null, null, null) as person
    inner join fct_rating as rating
        on rating.employee_id = person.employee_id and rating.cycle_id = person.cycle_id
)

select
    scale.code as code,
    scale.label_en as label_en,
    scale.label_zh as label_zh,
    scale.rank as rank,
    scale.guideline_share as guideline_share,
    (select count(*) from rated where rated.original_label = scale.code) as original_count,
    (select count(*) from rated where rated.label = scale.code) as current_count
from dim_rating_label as scale
where scale.cycle_id = $cycle
order by
    scale.rank desc,
    scale.code
