-- One row per employee and cycle with goals of their own: attainment, coverage and cadence over those not cancelled.
-- joins as written
-- scope: cycle_id
select
    goal.employee_id,
    goal.cycle_id,
    count(*) as goal_count,
    count(*) filter (where not goal.is_cancelled) as live_goal_count,
    sum(goal.weight) filter (where not goal.is_cancelled) as weight_sum,
    coalesce(
        abs(sum(goal.weight) filter (where not goal.is_cancelled) - 1) <= any_value(own.weight_tolerance_share) + 1e-9,
        count(*) filter (where not goal.is_cancelled) > 0
    ) as is_weight_complete,
    sum(goal.weight_share * goal.attainment) / nullif(sum(goal.weight_share) filter (where goal.attainment is not null), 0) as attainment,
    coalesce(sum(goal.weight_share) filter (where goal.attainment is not null), 0)
    / nullif(sum(goal.weight_share), 0) as measured_share,
    sum(goal.weight_share * goal.pace) / nullif(sum(goal.weight_share) filter (where goal.pace is not null), 0) as pace,
    count(*) filter (where goal.status = 'off_track') as goal_off_track_count,
    count(*) filter (where goal.status = 'at_risk') as goal_at_risk_count,
    count(*) filter (where goal.status = 'overdue') as goal_overdue_count,
    count(*) filter (where goal.status = 'not_started') as goal_not_started_count,
    coalesce(sum(goal.weight_share) filter (where goal.has_dated_plan), 0) / nullif(sum(goal.weight_share), 0) as plan_coverage_share,
    sum(goal.weight_share * goal.cadence_share)
    / nullif(sum(goal.weight_share) filter (where goal.cadence_share is not null), 0) as cadence_share,
    sum(goal.check_in_count)::bigint as check_in_count,
    max(goal.last_check_in_on) as last_check_in_on,
    coalesce(sum(goal.weight_share) filter (where goal.is_aligned), 0) / nullif(sum(goal.weight_share), 0) as aligned_share,
    max(goal.stated_starts_on) filter (where not goal.is_cancelled) as last_goal_starts_on,
    arg_max(goal.natural_key, day_order(goal.stated_starts_on, goal.natural_key)) filter (where not goal.is_cancelled) as last_goal_key
from fct_goal as goal
join dim_cycle_setting as own
    on own.cycle_id = goal.cycle_id
where goal.owner_kind = 'employee'
group by goal.employee_id, goal.cycle_id
