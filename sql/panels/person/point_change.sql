-- One row per change since the cycle before: of attainment, beside what falling back to the mean would do alone; of the rating, and by calibration.
with figure as (
    select *
    from fct_employee_cycle
    where employee_id = $employee_id and cycle_id = $cycle
),
rating as (
    select
        now.*,
        case when $lang = 'zh' then now.label_zh else now.label_en end as label_said,
        coalesce(case when $lang = 'zh' then original.label_zh else original.label_en end, now.original_label) as original_said,
        before.label as before_label,
        coalesce(case when $lang = 'zh' then before.label_zh else before.label_en end, before.label) as before_said
    from fct_rating as now
    left join figure on true
    left join fct_rating as before on before.employee_id = now.employee_id and before.cycle_id = figure.previous_cycle_id
    left join dim_rating_label as original on original.cycle_id = now.cycle_id and original.code = now.original_label
    where now.employee_id = $employee_id and now.cycle_id = $cycle
)
select
    'change' as section,
    case
        when attainment is null or previous_attainment is null then 'change_untold'
        when adjusted_attainment_change_points is null then 'change_plain'
        else 'change_adjusted'
    end as point_key,
    attainment,
    previous_attainment,
    attainment_change_points,
    adjusted_attainment_change_points,
    null::varchar as rating,
    null::varchar as before_rating
from figure
union all
select
    'change',
    case when before_label is null then 'rating_first' when before_label = label then 'rating_same' else 'rating_changed' end,
    null,
    null,
    null,
    null,
    coalesce(label_said, label),
    before_said
from rating
union all
select 'change', 'rating_calibrated', null, null, null, null, coalesce(label_said, label), original_said
from rating
where rating_source = 'calibrated' and original_label != label
union all
select 'unknown', 'rating_untold', null, null, null, null, null, null
where not exists (select 1 from rating)
