-- One row per rater in scope whose ratings tell people or traits less apart than is usual: halo and central tendency as ratios, 1 is usual.
with reviewer as (
    select
        rating.reviewer_id,
        any_value(rater.reviewer_name) as reviewer_name
    from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    inner join fct_rating as rating on rating.employee_id = person.employee_id and rating.cycle_id = person.cycle_id
    left join fct_rater as rater on rater.reviewer_id = rating.reviewer_id and rater.cycle_id = rating.cycle_id
    where rating.reviewer_id is not null
    group by rating.reviewer_id
)
select
    coalesce(reviewer.reviewer_name, trait.reviewer_id) as reviewer_name,
    trait.reviewer_id,
    trait.rated_count as people_count,
    round(trait.central_ratio, 2) as central_ratio,
    trait.is_central,
    round(trait.rating_spread_points, 4) as rating_spread_points,
    round(trait.attainment_spread_points, 4) as attainment_spread_points,
    round(trait.halo_ratio, 2) as halo_ratio,
    trait.is_halo,
    trait.item_person_count,
    coalesce(trait.central_ratio_reason, trait.halo_ratio_reason) as reason_key
from fct_rater_trait as trait
inner join reviewer on reviewer.reviewer_id = trait.reviewer_id
where
    trait.cycle_id = $cycle
    and coalesce(trait.central_ratio, trait.halo_ratio) is not null
order by
    coalesce(trait.is_central, false) or coalesce(trait.is_halo, false) desc,
    least(trait.central_ratio, trait.halo_ratio),
    trait.reviewer_id
