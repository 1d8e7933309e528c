-- One row per active employee and cycle: goals, attainment, rating, change since the cycle before, and the loop.
-- expected_attainment regresses the cycle before to the mean of people not on a plan: this cycle's mean + rho × (theirs before − its mean).
-- joins as written
-- scope: cycle_id
select
    person.employee_id,
    person.employee_name,
    person.cycle_id,
    person.unit_id,
    person.unit,
    person.unit_path,
    person.job_family,
    person.grade,
    person.location,
    person.position,
    person.manager_id,
    person.manager_name,
    person.attributes,
    person.is_provisional,
    coalesce(goal.goal_count, 0) as goal_count,
    coalesce(goal.live_goal_count, 0) as live_goal_count,
    goal.weight_sum,
    coalesce(goal.is_weight_complete, false) as is_weight_complete,
    round(goal.attainment, 9) as attainment,
    goal.measured_share,
    goal.pace,
    coalesce(goal.goal_off_track_count, 0) as goal_off_track_count,
    coalesce(goal.goal_at_risk_count, 0) as goal_at_risk_count,
    coalesce(goal.goal_overdue_count, 0) as goal_overdue_count,
    coalesce(goal.goal_not_started_count, 0) as goal_not_started_count,
    goal.plan_coverage_share,
    goal.cadence_share,
    coalesce(goal.check_in_count, 0) as check_in_count,
    goal.last_check_in_on,
    person.seen_on - case when goal.last_check_in_on > person.seen_on then person.seen_on else goal.last_check_in_on end as days_since_check_in,
    goal.aligned_share,
    rating.label as rating_label,
    rating.rank as rating_rank,
    rating.value_share as rating_share,
    rating.rating_source,
    person.previous_cycle_id,
    before.attainment as previous_attainment,
    round(goal.attainment - before.attainment, 9) as attainment_change_points,
    rating_before.value_share as previous_rating_share,
    rating.value_share - rating_before.value_share as rating_change_points,
    regression.mean + regression.rho * (before.attainment - regression.previous_mean) as expected_attainment,
    goal.attainment - (regression.mean + regression.rho * (before.attainment - regression.previous_mean)) as adjusted_attainment_change_points,
    step.step_done_count,
    step.is_closed_loop,
    step.is_closed_loop_on_time,
    step.leak_step
from int_employee_cycle as person
join fct_loop as step
    on step.employee_id = person.employee_id
    and step.cycle_id = person.cycle_id
left join int_employee_goal as goal
    on goal.employee_id = person.employee_id
    and goal.cycle_id = person.cycle_id
left join fct_rating as rating
    on rating.employee_id = person.employee_id
    and rating.cycle_id = person.cycle_id
left join int_employee_goal as before
    on before.employee_id = person.employee_id
    and before.cycle_id = person.previous_cycle_id
left join main.fct_rating as rating_before
    on rating_before.employee_id = person.employee_id
    and rating_before.cycle_id = person.previous_cycle_id
left join int_regression as regression
    on regression.cycle_id = person.cycle_id
