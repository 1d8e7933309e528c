-- One row per goal with check-ins: the last value, the last progress, and how many full check-in periods have one. What was
-- reported last on a day is what a later import or line says. The first 120 periods are counted by
-- the bits of a number: counting distinct ones for every goal would take as long as all the rest.
-- joins as written
with placed as (
    select
        check_in.*,
        coalesce((checked_on - date '0001-01-01')::hugeint, 4000000) * 1000000000000000000 + import_id::hugeint * 10000000000 + line as place,
        coalesce(progress, is_done::integer::double, case when owner_status = 'done' then 1.0 end) as reported_progress
    from fct_check_in as check_in
    where goal_no is not null
),

numbered as (
    select
        placed.*,
        case
            when placed.checked_on >= goal.starts_on
                and (placed.checked_on - goal.starts_on) // goal.check_in_days
                < (least(goal.due_on, setting.as_of) - goal.starts_on + 1) // goal.check_in_days
                then (placed.checked_on - goal.starts_on) // goal.check_in_days
        end as period_number
    from placed
    cross join dim_setting as setting
    join int_goal as goal
        on goal.goal_no = placed.goal_no
)

select
    goal_no,
    count(*) as check_in_count,
    max(checked_on) as last_check_in_on,
    arg_max(value, place) as last_value,
    arg_max(reported_progress, place) as last_progress,
    arg_max(owner_status, place) as last_status,
    coalesce(bit_count(bit_or(case when period_number < 120 then 1::hugeint << period_number::integer end)), 0)
    + count(distinct period_number) filter (where period_number >= 120) as kept_period_count
from numbered
group by goal_no
