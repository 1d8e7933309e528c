-- One row per goal that was due by as_of, adds up towards a target and had a check-in before the last part of its time: the attainment that
-- the last such check-in tells. Of two on one day the later import's and line's counts.
with due as (
    select
        goal.goal_no,
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
),

told as (
    select
        check_in.goal_no,
        coalesce(value_attainment(due.direction, due.baseline, due.target, check_in.value), check_in.progress) as attainment,
        ((check_in.checked_on - date '1970-01-01')::bigint << 42) + ((check_in.import_id & 16383) << 28) + (check_in.line & 268435455) as place
    from due
    join fct_check_in as check_in
        on check_in.goal_no = due.goal_no
        and check_in.checked_on <= due.cut_on
)

select
    goal_no,
    arg_max(attainment, place) as cut_attainment
from told
where attainment is not null
group by goal_no
