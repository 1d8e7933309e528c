-- One row per count and number of people that occurs, or whose mirror does: the lower end of the share's 95 % interval. Clopper and Pearson's, Wilson's
-- where more people are counted than a setting says.
with counted as (
    select person_count, rated_count from int_rating_share
    union
    select rated_count - person_count, rated_count from int_rating_share
)

select
    counted.person_count,
    counted.rated_count,
    case
        when counted.rated_count <= setting.exact_count_to then clopper_pearson_lower(counted.person_count, counted.rated_count, 0.025)
        else wilson_bound(counted.person_count, counted.rated_count, -1)
    end as lower_share
from counted
cross join dim_setting as setting
