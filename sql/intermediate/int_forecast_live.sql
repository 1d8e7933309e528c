-- One row per live goal of an employee that is not due yet, in a cycle that is not closed, with the end of the line through its check-ins.
-- view: read once.
with goal as (
    select
        goal.goal_no,
        goal.goal_id,
        goal.cycle_id,
        goal.employee_id,
        goal.unit_id,
        goal.direction,
        goal.baseline,
        goal.target,
        goal.is_held,
        goal.starts_on,
        goal.due_on,
        goal.elapsed_share,
        goal.weight_share,
        goal.attainment_raw,
        goal.attainment,
        cycle.cycle_kind,
        (goal.due_on - goal.starts_on)::double as goal_days,
        coalesce(goal.target_lower, case when goal.target_upper is null then goal.target - own.maintain_band_share * abs(goal.target) end) as band_lower,
        coalesce(goal.target_upper, case when goal.target_lower is null then goal.target + own.maintain_band_share * abs(goal.target) end) as band_upper
    from main.fct_goal as goal
    cross join dim_setting as setting
    join dim_cycle_setting as own
        on own.cycle_id = goal.cycle_id
    join dim_cycle as cycle
        on cycle.cycle_id = goal.cycle_id
    where not cycle.is_closed
        and goal.owner_kind = 'employee'
        and not goal.is_cancelled
        and goal.due_on >= setting.as_of
        and goal.starts_on <= setting.as_of
),

line as (
    select
        goal_no,
        count(*) as point_count,
        regr_slope(y, x) + regr_intercept(y, x) as line_end
    from (
        select
            goal.goal_no,
            (check_in.checked_on - goal.starts_on) / nullif(goal.goal_days, 0) as x,
            check_in_attainment(
                goal.direction, goal.baseline, goal.target, goal.band_lower, goal.band_upper, check_in.value,
                coalesce(check_in.progress, check_in.is_done::integer::double, case when check_in.owner_status = 'done' then 1.0 end)
            ) as y
        from main.fct_check_in as check_in
        join goal
            on goal.goal_no = check_in.goal_no
    )
    where x is not null
        and y is not null
    group by goal_no
)

select
    goal.*,
    coalesce(line.point_count, 0) as point_count,
    case when not isnan(line.line_end) then line.line_end end as line_end
from goal
left join line
    on line.goal_no = goal.goal_no
