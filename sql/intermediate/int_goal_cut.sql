-- One row per goal that was due by as_of, adds up towards a target and had a check-in before the last part of its time: the attainment that
-- the last such check-in tells.
with due as (
    select
        goal.goal_id,
        goal.direction,
        goal.baseline,
        goal.target,
        goal.due_on - (setting.late_time_share * (goal.due_on - goal.starts_on))::integer as cut_on
    from fct_goal as goal
    cross join dim_setting as setting
    where goal.owner_kind = 'employee'
        and not goal.is_cancelled
        and goal.due_on <= setting.as_of
        and goal.attainment_raw > 0
        and (goal.direction = 'increase' or (goal.direction = 'decrease' and goal.baseline is not null))
)

select
    due.goal_id,
    coalesce(
        value_attainment(
            any_value(due.direction),
            any_value(due.baseline),
            any_value(due.target),
            arg_max(check_in.value, row(check_in.checked_on, check_in.import_id, check_in.line)) filter (where check_in.value is not null)
        ),
        arg_max(check_in.progress, row(check_in.checked_on, check_in.import_id, check_in.line)) filter (where check_in.progress is not null)
    ) as cut_attainment
from due
join fct_check_in as check_in
    on check_in.goal_id = due.goal_id
    and check_in.checked_on <= due.cut_on
group by due.goal_id
