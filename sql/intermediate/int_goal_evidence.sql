-- One row per goal: its evidence up to as_of and the unbounded attainment that follows from it.
-- view: read once.
with known as (
    select
        goal.* exclude (actual),
        coalesce(last_check_in.check_in_count, 0) as check_in_count,
        last_check_in.last_check_in_on,
        coalesce(goal.owner_status, last_check_in.last_status) as shown_status,
        coalesce(last_check_in.kept_period_count, 0) as kept_period_count,
        coalesce(plan.plan_item_count, 0) as plan_item_count,
        coalesce(plan.has_dated_plan, false) as has_dated_plan,
        plan.milestone_share,
        plan.planned_share,
        coalesce(goal.actual, last_check_in.last_value) as actual,
        coalesce(last_check_in.last_progress, goal.progress, case when goal.owner_status = 'done' and goal.direction = 'binary' then 1.0 end) as shown_progress,
        goal.actual is not null as is_final,
        coalesce(goal.target_lower, case when goal.target_upper is null then goal.target - own.maintain_band_share * abs(goal.target) end) as band_lower,
        coalesce(goal.target_upper, case when goal.target_lower is null then goal.target + own.maintain_band_share * abs(goal.target) end) as band_upper
    from int_goal as goal
    join dim_cycle_setting as own
        on own.cycle_id = goal.cycle_id
    left join int_goal_check_in as last_check_in
        on last_check_in.goal_no = goal.goal_no
    left join int_goal_plan as plan
        on plan.goal_no = goal.goal_no
)

select
    *,
    case
        when direction = 'milestone' then coalesce(milestone_share, shown_progress)
        when direction = 'binary' then (coalesce(actual >= coalesce(target, 1), shown_progress >= 1))::integer::double
        when direction = 'maintain' then coalesce(band_attainment(target, band_lower, band_upper, actual), shown_progress)
        else coalesce(value_attainment(direction, baseline, target, actual), shown_progress, case when target is null then milestone_share end)
    end as attainment_unbounded
from known
