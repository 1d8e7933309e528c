-- One row per label before and after calibration of the people in scope: how many went from the one to the other.
with moved as (
    select
        rating.original_label,
        rating.label,
        count(*) as people_count,
        sum(count(*)) over ()::bigint as total_count
    from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    inner join fct_rating as rating on rating.employee_id = person.employee_id and rating.cycle_id = person.cycle_id
    where
        rating.rating_source = 'calibrated'
        and rating.original_label is not null
    group by
        rating.original_label,
        rating.label
)
select
    coalesce(case when $lang = 'zh' then before.label_zh else before.label_en end, before.label_en, before.label_zh, moved.original_label) as original_rating,
    coalesce(case when $lang = 'zh' then after.label_zh else after.label_en end, after.label_en, after.label_zh, moved.label) as rating,
    moved.people_count,
    after.rank - before.rank as label_step,
    moved.label,
    moved.total_count
from moved
left join dim_rating_label as before on before.cycle_id = $cycle and before.code = moved.original_label
left join dim_rating_label as after on after.cycle_id = $cycle and after.code = moved.label
order by
    before.rank desc,
    after.rank desc
