-- One row per goal with plan items: the weighted share done, the share planned to be done by as_of, whether any is dated.
with weighted as (
    select
        item.*,
        case
            when count(item.weight) over (partition by goal_key) = 0 then 1.0
            else coalesce(item.weight, 0)
        end as item_weight
    from int_plan_item as item
    where goal_key is not null
)

select
    goal_key,
    count(*) as plan_item_count,
    bool_or(due_on is not null) as has_dated_plan,
    sum(case when is_done then item_weight else 0 end) / nullif(sum(item_weight), 0) as milestone_share,
    sum(case when due_on <= as_of then item_weight else 0 end) filter (where due_on is not null)
    / nullif(sum(item_weight) filter (where due_on is not null), 0) as planned_share,
    min(starts_on) filter (where due_on is not null) as planned_on,
    arg_min(natural_key, row(coalesce(starts_on, due_on), natural_key)) filter (where due_on is not null) as first_item_key
from weighted
cross join dim_setting
group by goal_key
