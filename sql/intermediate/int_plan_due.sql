-- One row per unit and cycle with plan items due by as_of; without a unit, the whole company: how punctual they were and how late.
with counted as (
    select
        item.cycle_id,
        part.group_unit_id as unit_id,
        item.late_days,
        sum(item.due_count)::bigint as due_count,
        sum(item.punctual_count)::bigint as punctual_count
    from int_plan_count as item
    join int_unit_group as part
        on part.unit_id is not distinct from item.unit_id
    group by item.cycle_id, part.group_unit_id, item.late_days
),

placed as (
    select
        *,
        sum(due_count) over (partition by cycle_id, unit_id order by late_days) as up_to,
        sum(due_count) over (partition by cycle_id, unit_id) as all_count
    from counted
)

select
    cycle_id,
    unit_id,
    sum(due_count)::bigint as due_count,
    sum(punctual_count)::bigint as punctual_count,
    counted_quantile(late_days, up_to, all_count, 0.25) as late_lower_quartile_days,
    counted_quantile(late_days, up_to, all_count, 0.5) as late_median_days,
    counted_quantile(late_days, up_to, all_count, 0.75) as late_upper_quartile_days
from placed
group by cycle_id, unit_id
