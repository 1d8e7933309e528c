-- One row per rated cycle of the person, the newest first: the final rating, what calibration made of it, and how the person sees it.
select
    rating.cycle_id,
    coalesce(case when $lang = 'zh' then original.label_zh else original.label_en end, rating.original_label) as rating_before,
    coalesce(case when $lang = 'zh' then rating.label_zh else rating.label_en end, rating.label) as rating,
    rating.rating_source,
    decided.shift_points as calibration_shift_points,
    decided.is_against_attainment,
    decided.is_without_evidence,
    coalesce(person.employee_name, decided.calibrated_by) as calibrated_by,
    rating.self_manager_gap_points,
    figure.rating_change_points,
    coalesce(reviewer.employee_name, rating.reviewer_id) as reviewer,
    rating.rated_on,
    rating.natural_key
from fct_rating as rating
left join dim_cycle as cycle on cycle.cycle_id = rating.cycle_id
left join fct_employee_cycle as figure on figure.employee_id = rating.employee_id and figure.cycle_id = rating.cycle_id
left join fct_calibration_case as decided on decided.employee_id = rating.employee_id and decided.cycle_id = rating.cycle_id
left join dim_rating_label as original on original.cycle_id = rating.cycle_id and original.code = rating.original_label
left join dim_employee as reviewer on reviewer.employee_id = rating.reviewer_id and reviewer.is_current
left join dim_employee as person on person.employee_id = decided.calibrated_by and person.is_current
where rating.employee_id = $employee_id
order by
    cycle.starts_on desc nulls last,
    rating.cycle_id desc
