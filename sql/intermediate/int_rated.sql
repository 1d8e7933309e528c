-- One row per rated person and cycle: the group they are counted in, ratings before and after calibration, attainment, and where in the company both
-- put them. A percentile is (rank − ½) / n, ties with the middle rank of theirs, among those who have a rating and attainment.
-- joins as written
with rated as (
    select
        rating.employee_id,
        rating.cycle_id,
        coalesce(person.unit_id, '') as unit_id,
        person.grade,
        person.job_family,
        person.gender,
        rating.reviewer_id,
        rating.label,
        rating.rank,
        rating.value_share,
        rating.rating_source,
        rating.rated_on,
        rating.natural_key,
        rating.original_label as given_label,
        rating.original_value_share as given_value_share,
        rating.self_value_share,
        rating.manager_value_share,
        rating.self_manager_gap_points,
        round(goal.attainment, 12) as attainment,  -- equal ones are ties, whatever order their sums were made in
        goal.measured_share,
        coalesce(goal.check_in_count, 0) as check_in_count
    from fct_rating as rating
    left join int_employee_cycle as person
        on person.employee_id = rating.employee_id
        and person.cycle_id = rating.cycle_id
    left join int_employee_goal as goal
        on goal.employee_id = rating.employee_id
        and goal.cycle_id = rating.cycle_id
),

rating_place as (
    select
        cycle_id,
        value_share,
        (sum(count(*)) over (partition by cycle_id order by value_share) - count(*) / 2.0) / sum(count(*)) over (partition by cycle_id) as percentile
    from rated
    where attainment is not null
        and value_share is not null
    group by cycle_id, value_share
),

attainment_place as (
    select
        cycle_id,
        attainment,
        (sum(count(*)) over (partition by cycle_id order by attainment) - count(*) / 2.0) / sum(count(*)) over (partition by cycle_id) as percentile
    from rated
    where attainment is not null
        and value_share is not null
    group by cycle_id, attainment
)

select
    rated.* exclude (given_label, given_value_share),
    coalesce(rated.given_label, given.code) as original_label,
    original.rank as original_rank,
    coalesce(rated.given_value_share, original.value_share) as original_value_share,
    case when rated.attainment is not null then rating_place.percentile end as rating_percentile,
    case when rated.value_share is not null then attainment_place.percentile end as attainment_percentile
from rated
left join int_calibration_from as given
    on given.natural_key = case when rated.rating_source = 'calibrated' then rated.natural_key end
left join dim_rating_label as original
    on original.cycle_id = rated.cycle_id
    and original.code = coalesce(rated.given_label, given.code)
left join rating_place
    on rating_place.cycle_id = rated.cycle_id
    and rating_place.value_share = rated.value_share
left join attainment_place
    on attainment_place.cycle_id = rated.cycle_id
    and attainment_place.attainment = rated.attainment
