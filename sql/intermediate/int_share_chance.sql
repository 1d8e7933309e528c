-- One row per count, number of people and guideline that occurs: the exact two-sided p of the count, of the normal distribution with continuity
-- where more people are counted than a setting says.
select
    share.person_count,
    share.rated_count,
    share.guideline_share,
    case
        when share.rated_count <= any_value(setting.exact_count_to) then binomial_p_value(share.person_count, share.rated_count, share.guideline_share)
        when share.guideline_share <= 0 or share.guideline_share >= 1 then (share.person_count = share.rated_count * share.guideline_share)::integer
        else 2 * (1 - normal_share(
            greatest(0, abs(share.person_count - share.rated_count * share.guideline_share) - 0.5)
            / sqrt(share.rated_count * share.guideline_share * (1 - share.guideline_share))
        ))
    end as p_value
from int_rating_share as share
cross join dim_setting as setting
where share.guideline_share is not null
group by share.person_count, share.rated_count, share.guideline_share
