-- One row per person active in the cycle and unit: what a calibration meeting has to know; labels as codes.
with self_label as (
    select
        rating.employee_id,
        arg_min(scale.code, abs(scale.value_share - rating.self_value_share)) as self_label
    from fct_rating as rating
    inner join dim_rating_label as scale on scale.cycle_id = rating.cycle_id
    where rating.cycle_id = $cycle and rating.self_value_share is not null and scale.value_share is not null
    group by all
)

select
    person.employee_id as employee_id,
    person.employee_name as employee_name,
    person.unit as unit,
    person.unit_path as unit_path,
    person.position as position,
    person.grade as grade,
    person.manager_name as manager_name,
    person.live_goal_count as goal_count,
    person.attainment as attainment,
    person.measured_share as measured_share,
    self_label.self_label as self_label,
    rating.original_label as original_label,
    rating.label as current_label,
    rating.rating_source as rating_source,
    previous.label as previous_label,
    previous.label_en as previous_label_en,
    previous.label_zh as previous_label_zh,
    person.attainment_change_points as attainment_change_points
from scoped_person($cycle, $unit, null, null, null, null, null) as person
left join fct_rating as rating
    on rating.employee_id = person.employee_id and rating.cycle_id = person.cycle_id
left join fct_rating as previous
    on previous.employee_id = person.employee_id and previous.cycle_id = person.previous_cycle_id
left join self_label on self_label.employee_id = person.employee_id
order by
    person.unit_path,
    person.manager_name,
    rating.rank desc nulls last,
    person.attainment desc nulls last,
    person.employee_id
