-- One row per rater and cycle with people who have attainment: halo and central tendency, each as a ratio to what is usual in the company; below 1 the
-- rater tells less apart.
-- halo_ratio: the spread of a person's items, the rater's to the company's. central_ratio: the spread of ratings across the rater's people to that of
-- the company, divided by the same of their attainment: people who all did alike are rightly rated alike.
-- scope: cycle_id
with rated as (
    select
        cycle_id,
        reviewer_id,
        count(*) as rated_count,
        case when max(value_share) > min(value_share) then stddev_samp(value_share) else 0 end as rating_spread,
        case when max(attainment) > min(attainment) then stddev_samp(attainment) else 0 end as attainment_spread
    from fct_rating_residual
    where reviewer_id is not null
    group by cycle_id, reviewer_id
),

company as (
    select
        cycle_id,
        case when max(value_share) > min(value_share) then stddev_samp(value_share) else 0 end as rating_spread,
        case when max(attainment) > min(attainment) then stddev_samp(attainment) else 0 end as attainment_spread
    from fct_rating_residual
    group by cycle_id
),

compared as (
    select
        coalesce(rated.cycle_id, halo.cycle_id) as cycle_id,
        coalesce(rated.reviewer_id, halo.reviewer_id) as reviewer_id,
        coalesce(rated.rated_count, 0) as rated_count,
        rated.rating_spread,
        rated.attainment_spread,
        rated.rating_spread / nullif(company.rating_spread, 0) / nullif(rated.attainment_spread / nullif(company.attainment_spread, 0), 0) as central_ratio,
        coalesce(halo.item_person_count, 0) as item_person_count,
        halo.item_spread,
        halo.company_item_spread,
        halo.item_spread / nullif(halo.company_item_spread, 0) as halo_ratio
    from rated
    join company
        on company.cycle_id = rated.cycle_id
    full join int_rater_halo as halo
        on halo.cycle_id = rated.cycle_id
        and halo.reviewer_id = rated.reviewer_id
)

select
    compared.cycle_id,
    compared.reviewer_id,
    compared.item_person_count,
    compared.item_spread as item_spread_points,
    compared.company_item_spread as company_item_spread_points,
    case when compared.item_person_count >= setting.minimum_group_count then compared.halo_ratio end as halo_ratio,
    reason_of_ratio(compared.item_person_count, compared.halo_ratio, setting.minimum_group_count) as halo_ratio_reason,
    case when compared.item_person_count >= setting.minimum_group_count then compared.halo_ratio <= setting.halo_to_ratio end as is_halo,
    compared.rated_count,
    compared.rating_spread as rating_spread_points,
    compared.attainment_spread as attainment_spread_points,
    case when compared.rated_count >= setting.minimum_group_count then compared.central_ratio end as central_ratio,
    reason_of_ratio(compared.rated_count, compared.central_ratio, setting.minimum_group_count) as central_ratio_reason,
    case when compared.rated_count >= setting.minimum_group_count then compared.central_ratio <= setting.central_tendency_to_ratio end as is_central
from compared
cross join dim_setting as setting
