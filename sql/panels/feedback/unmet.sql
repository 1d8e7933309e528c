-- One row per person with a low rating whom nobody has met about it although it is due, the lowest and longest waiting first.
select
    person.employee_name,
    person.employee_id,
    person.unit,
    person.manager_name,
    coalesce(case when $lang = 'zh' then scale.label_zh else scale.label_en end, feedback.rating_label) as rating,
    feedback.rated_on,
    setting.as_of - feedback.rated_on as waiting_days,
    round(person.attainment, 4) as attainment,
    count(*) over () as total_count
from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
inner join fct_feedback as feedback on feedback.employee_id = person.employee_id and feedback.cycle_id = person.cycle_id
cross join dim_setting as setting
left join dim_rating_label as scale on scale.cycle_id = person.cycle_id and scale.code = feedback.rating_label
where feedback.is_low_unmet
order by
    feedback.rating_rank,
    waiting_days desc nulls last,
    person.employee_id
limit 200
