-- One row per goal with plan items: the weighted share done, the share planned to be done by as_of, whether any is dated. Items
-- count by their weights; where none has one, alike.
with summed as (
    select
        item.goal_no,
        count(*) as plan_item_count,
        bool_or(item.due_on is not null) as has_dated_plan,
        count(item.weight) as weighted_count,
        sum(item.weight) as weight,
        sum(item.weight) filter (where item.is_done) as done_weight,
        sum(item.weight) filter (where item.due_on is not null) as dated_weight,
        sum(item.weight) filter (where item.due_on <= setting.as_of) as due_weight,
        count(*) filter (where item.is_done) as done_count,
        count(item.due_on) as dated_count,
        count(*) filter (where item.due_on <= setting.as_of) as due_count,
        min(item.starts_on) filter (where item.due_on is not null) as planned_on,
        arg_min(item.natural_key, day_order(coalesce(item.starts_on, item.due_on), item.natural_key)) filter (where item.due_on is not null) as first_item_key
    from fct_plan_item as item
    cross join dim_setting as setting
    where item.goal_no is not null
    group by item.goal_no
)

select
    goal_no,
    plan_item_count,
    has_dated_plan,
    case
        when weighted_count = 0 then done_count / plan_item_count::double
        else coalesce(done_weight, 0) / nullif(weight, 0)
    end as milestone_share,
    case
        when weighted_count = 0 then due_count / nullif(dated_count, 0)::double
        else coalesce(due_weight, 0) / nullif(coalesce(dated_weight, 0), 0)
    end as planned_share,
    planned_on,
    first_item_key
from summed
