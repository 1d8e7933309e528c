-- One row per cycle, unit (null: the company) and label: the share of the unit's rated people who got it, beside the guideline's.
-- The p is exact; is_beyond_chance asks it to be below the significance divided by the number of labels, so that a unit that follows the guideline is
-- called out on any label in no more than that part of all cases, however small it is.
-- scope: cycle_id
select
    share.cycle_id,
    nullif(share.group_id, '') as unit_id,
    share.label,
    share.rank,
    share.rated_count,
    share.person_count,
    share.person_count / share.rated_count::double as label_share,
    lower.lower_share as interval_lower_share,
    1 - upper.lower_share as interval_upper_share,
    share.guideline_share,
    nullif(share.owner_id, '') as guideline_unit_id,
    share.person_count / share.rated_count::double - share.guideline_share as difference_points,
    share.person_count - share.rated_count * share.guideline_share as over_count,
    chance.p_value,
    case when share.guideline_share is null then 'no_counterpart' end as difference_points_reason,
    case when share.guideline_share is null then 'no_counterpart' end as p_value_reason,
    chance.p_value * share.label_count <= setting.significance_share as is_beyond_chance
from int_rating_share as share
cross join dim_setting as setting
join int_share_bound as lower
    on lower.person_count = share.person_count
    and lower.rated_count = share.rated_count
join int_share_bound as upper
    on upper.person_count = share.rated_count - share.person_count
    and upper.rated_count = share.rated_count
left join int_share_chance as chance
    on chance.person_count = share.person_count
    and chance.rated_count = share.rated_count
    and chance.guideline_share = share.guideline_share
