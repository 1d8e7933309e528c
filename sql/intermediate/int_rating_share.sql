-- One row per cycle, unit (empty: the company) with rated people and label of the scale: how many got it, and the share a guideline asks for. A label
-- that a guideline does not name has a share of 0 where the others add up to 1.
with own as (
    select cycle_id, unit_id, label, count(*) as person_count
    from int_rated
    where rank is not null
    group by cycle_id, unit_id, label
),

counted as (
    select
        own.cycle_id,
        above.group_id,
        own.label,
        sum(own.person_count)::bigint as person_count
    from own
    join int_rated_group as above
        on above.unit_id = own.unit_id
    group by own.cycle_id, above.group_id, own.label
),

unit as (
    select
        counted.cycle_id,
        counted.group_id,
        sum(counted.person_count)::bigint as rated_count,
        any_value(guideline.owner_id) as owner_id,
        any_value(guideline.share_sum) as share_sum
    from counted
    left join (select distinct cycle_id, group_id, owner_id, share_sum from int_guideline) as guideline
        on guideline.cycle_id = counted.cycle_id
        and guideline.group_id = counted.group_id
    group by counted.cycle_id, counted.group_id
)

select
    unit.cycle_id,
    unit.group_id,
    label.code as label,
    label.rank,
    label.label_count,
    unit.rated_count,
    coalesce(counted.person_count, 0) as person_count,
    coalesce(guideline.share, case when abs(unit.share_sum - 1) <= own.weight_tolerance_share then 0.0 end) as guideline_share,
    unit.owner_id,
    abs(unit.share_sum - 1) <= own.weight_tolerance_share as is_guideline_whole
from unit
join dim_cycle_setting as own
    on own.cycle_id = unit.cycle_id
join dim_rating_label as label
    on label.cycle_id = unit.cycle_id
left join counted
    on counted.cycle_id = unit.cycle_id
    and counted.group_id = unit.group_id
    and counted.label = label.code
left join int_guideline as guideline
    on guideline.cycle_id = unit.cycle_id
    and guideline.group_id = unit.group_id
    and guideline.code = label.code
