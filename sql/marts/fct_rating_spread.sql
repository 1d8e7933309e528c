-- One row per cycle and unit (null: the company) with rated people: how far its labels lie from the guideline as a whole, ½ Σ |p − g|.
-- p_value is a bound: the smallest of the labels' exact p times their number (Bonferroni).
-- scope: cycle_id
select
    share.cycle_id,
    nullif(share.group_id, '') as unit_id,
    any_value(share.rated_count) as rated_count,
    case
        when bool_and(share.is_guideline_whole) and any_value(share.rated_count) >= any_value(setting.minimum_group_count)
            then sum(abs(share.person_count / share.rated_count::double - share.guideline_share)) / 2
    end as total_variation_share,
    case
        when count(share.guideline_share) = 0 then 'no_counterpart'
        when not bool_and(share.is_guideline_whole) then 'no_definition'
        when any_value(share.rated_count) < any_value(setting.minimum_group_count) then 'too_few'
    end as total_variation_share_reason,
    bounded(min(chance.p_value) * any_value(share.label_count), 0.0, 1.0) as p_value,
    case when count(share.guideline_share) = 0 then 'no_counterpart' end as p_value_reason,
    min(chance.p_value) * any_value(share.label_count) <= any_value(setting.significance_share) as is_beyond_chance
from int_rating_share as share
cross join dim_setting as setting
left join int_share_chance as chance
    on chance.person_count = share.person_count
    and chance.rated_count = share.rated_count
    and chance.guideline_share = share.guideline_share
group by share.cycle_id, share.group_id
