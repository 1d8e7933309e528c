-- One row per goal with check-ins: the last value, the last progress, and how many full check-in periods have one.
select
    goal.natural_key as goal_key,
    count(*) as check_in_count,
    max(check_in.checked_on) as last_check_in_on,
    arg_max(check_in.value, row(check_in.checked_on, check_in.import_id, check_in.line)) filter (where check_in.value is not null) as last_value,
    arg_max(
        coalesce(check_in.progress, check_in.is_done::integer::double, case when check_in.owner_status = 'done' then 1.0 end),
        row(check_in.checked_on, check_in.import_id, check_in.line)
    ) filter (where coalesce(check_in.progress, check_in.is_done::integer) is not null or check_in.owner_status = 'done') as last_progress,
    arg_max(check_in.owner_status, row(check_in.checked_on, check_in.import_id, check_in.line)) filter (where check_in.owner_status is not null) as last_status,
    count(distinct (check_in.checked_on - goal.starts_on) // cycle.check_in_days) filter (
        where check_in.checked_on >= goal.starts_on
        and (check_in.checked_on - goal.starts_on) // cycle.check_in_days
        < (least(goal.due_on, setting.as_of) - goal.starts_on + 1) // cycle.check_in_days
    ) as kept_period_count
from fct_check_in as check_in
cross join dim_setting as setting
join int_goal as goal
    on goal.goal_id = check_in.goal_id
join dim_cycle as cycle
    on cycle.cycle_id = goal.cycle_id
group by goal.natural_key
