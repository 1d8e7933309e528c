-- One row per label of the cycle's scale: what part of the rated people got a bonus, an increase or a promotion, and how large awards were.
-- The median of fewer people than the smallest group shown is left out: two awards to the lowest label are a case each, not a practice.
with person as (
    select
        person.rating_label as label,
        award.award_share,
        award.award_count,
        award.promotion_count
    from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    left join fct_award as award on award.employee_id = person.employee_id and award.cycle_id = person.cycle_id
    where
        person.rating_label is not null
        and exists (select 1 from fct_award_cycle where cycle_id = $cycle)
)
select
    coalesce(case when $lang = 'zh' then scale.label_zh else scale.label_en end, scale.label_en, scale.label_zh, person.label) as rating,
    case when count(person.award_share) >= any_value(setting.minimum_group_count) then round(median(person.award_share), 4) end as median_award_share,
    case
        when count(person.award_share) = 0 then 'no_evidence'
        when count(person.award_share) < any_value(setting.minimum_group_count) then 'too_few'
    end as reason_key,
    round(avg((coalesce(person.award_count, 0) > 0)::int), 4) as awarded_share,
    count(person.award_share) as awarded_count,
    coalesce(sum(person.promotion_count), 0)::bigint as promotion_count,
    count(*) as people_count,
    person.label,
    sum(count(*)) over ()::bigint as total_count
from person
cross join dim_setting as setting
left join dim_rating_label as scale on scale.cycle_id = $cycle and scale.code = person.label
group by
    person.label,
    scale.rank,
    scale.label_en,
    scale.label_zh
order by scale.rank
