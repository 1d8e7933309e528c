-- One row per goal of an employee in a closed cycle that forecasts are tried out on: all of a cycle's, or, where there are more than
-- forecast_backtest_goals, about so many, chosen by goal_no, which is as good as random and the same in every build.
with counted as (
    select goal.cycle_id, count(*) as goal_count
    from fct_goal as goal
    join dim_cycle as cycle
        on cycle.cycle_id = goal.cycle_id
    where cycle.is_closed
        and is_forecast_tried(goal.owner_kind, goal.is_cancelled, goal.attainment, goal.check_in_count, goal.starts_on, goal.due_on)
    group by goal.cycle_id
)

select
    goal.goal_no,
    goal.cycle_id,
    goal.direction,
    goal.baseline,
    goal.target,
    coalesce(goal.target_lower, case when goal.target_upper is null then goal.target - own.maintain_band_share * abs(goal.target) end) as band_lower,
    coalesce(goal.target_upper, case when goal.target_lower is null then goal.target + own.maintain_band_share * abs(goal.target) end) as band_upper,
    goal.is_held,
    goal.starts_on,
    goal.due_on,
    goal.attainment as final_attainment,
    coalesce(family.peer_attainment, company.peer_attainment) as peer_attainment
from fct_goal as goal
cross join dim_setting as setting
join dim_cycle_setting as own
    on own.cycle_id = goal.cycle_id
join counted
    on counted.cycle_id = goal.cycle_id
left join fct_employee_cycle as person
    on person.employee_id = goal.employee_id
    and person.cycle_id = goal.cycle_id
left join int_forecast_peer as family
    on family.cycle_id = goal.cycle_id
    and family.job_family = person.job_family
    and not family.is_company
left join int_forecast_peer as company
    on company.cycle_id = goal.cycle_id
    and company.is_company
where is_forecast_tried(goal.owner_kind, goal.is_cancelled, goal.attainment, goal.check_in_count, goal.starts_on, goal.due_on)
    and goal.goal_no / 18446744073709551616.0 < setting.forecast_backtest_goals / counted.goal_count::double
