-- One row per cycle and category whose goals belong to one job family: it has most of them, and there are enough to say.
with counted as (
    select
        cycle_id,
        fold(category) as folded_category,
        job_family,
        sum(goal_count) as goal_count
    from int_family_goal
    where is_cycle_in_scope(cycle_id)
        and fold(category) is not null
    group by cycle_id, fold(category), job_family
)

select
    counted.cycle_id,
    counted.folded_category,
    arg_max(counted.job_family, row(counted.goal_count, counted.job_family)) as job_family
from counted
cross join dim_setting as setting
group by counted.cycle_id, counted.folded_category
having max(counted.goal_count) / sum(counted.goal_count) >= any_value(setting.smart_family_share_from) - 1e-9
    and sum(counted.goal_count) >= any_value(setting.minimum_group_count)
