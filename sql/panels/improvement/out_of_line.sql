-- One row per person whose award is out of line with the rating: a large one for the lowest label, a small one for the highest.
select
    person.employee_name,
    person.employee_id,
    person.unit,
    person.manager_name,
    coalesce(case when $lang = 'zh' then scale.label_zh else scale.label_en end, scale.label_en, scale.label_zh, award.rating_label) as rating,
    award.out_of_line,
    round(award.award_share, 4) as award_share,
    award.award_amount
from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
inner join fct_award as award on award.employee_id = person.employee_id and award.cycle_id = person.cycle_id
left join dim_rating_label as scale on scale.cycle_id = person.cycle_id and scale.code = award.rating_label
where award.out_of_line is not null
order by
    award.out_of_line,
    award.award_share desc nulls last,
    person.employee_id
