-- One row per rated person and cycle: the group they are counted in, the label before and after calibration, attainment, and where in the company
-- both put them. A percentile is (rank − ½) / n, ties with the middle rank of theirs, among those who have a rating and attainment.
with rated as (
    select
        rating.employee_id,
        rating.cycle_id,
        coalesce(person.unit_id, '') as unit_id,
        rating.reviewer_id,
        rating.label,
        rating.rank,
        rating.value_share,
        rating.rating_source,
        rating.rated_on,
        rating.natural_key,
        coalesce(rating.original_label, calibrated.code) as original_label,
        rating.original_value_share as given_original_value_share,
        round(goal.attainment, 12) as attainment,  -- equal ones are ties, whatever order their sums were made in
        goal.attainment is not null and rating.value_share is not null as is_placed
    from fct_rating as rating
    left join int_employee_cycle as person
        on person.employee_id = rating.employee_id
        and person.cycle_id = rating.cycle_id
    left join int_employee_goal as goal
        on goal.employee_id = rating.employee_id
        and goal.cycle_id = rating.cycle_id
    left join stg_calibration as stated
        on stated.natural_key = rating.natural_key
        and rating.rating_source = 'calibrated'
    left join int_calibration_from as calibrated
        on calibrated.cycle_id = rating.cycle_id
        and calibrated.from_label = stated.from_label
)

select
    rated.employee_id,
    rated.cycle_id,
    rated.unit_id,
    rated.reviewer_id,
    rated.label,
    rated.rank,
    rated.value_share,
    rated.rating_source,
    rated.rated_on,
    rated.natural_key,
    rated.original_label,
    original.rank as original_rank,
    coalesce(rated.given_original_value_share, original.value_share) as original_value_share,
    rated.attainment,
    case when rated.is_placed then (rank() over by_rating + count(*) over by_rating - 1) / 2.0 / count(*) over placed end as rating_percentile,
    case when rated.is_placed then (rank() over by_attainment + count(*) over by_attainment - 1) / 2.0 / count(*) over placed end as attainment_percentile
from rated
left join dim_rating_label as original
    on original.cycle_id = rated.cycle_id
    and original.code = rated.original_label
window
    placed as (partition by rated.cycle_id, rated.is_placed),
    by_rating as (partition by rated.cycle_id, rated.is_placed order by rated.value_share),
    by_attainment as (partition by rated.cycle_id, rated.is_placed order by rated.attainment)
