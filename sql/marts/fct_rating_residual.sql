-- One row per person rated by a manager in a cycle: the manager's rating less what attainment leads one to expect.
-- One regression for the company and cycle. Without attainment or without any spread there is no residual.
-- scope: cycle_id
with rated as (
    select
        overall.cycle_id,
        overall.employee_id,
        coalesce(overall.reviewer_id, person.manager_id) as reviewer_id,
        overall.value_share,
        goal.attainment
    from int_overall as overall
    join int_employee_goal as goal
        on goal.employee_id = overall.employee_id
        and goal.cycle_id = overall.cycle_id
    left join int_employee_cycle as person
        on person.employee_id = overall.employee_id
        and person.cycle_id = overall.cycle_id
    where overall.role = 'manager'
        and overall.value_share is not null
        and goal.attainment is not null
)

select
    cycle_id,
    employee_id,
    reviewer_id,
    value_share - (regr_intercept(value_share, attainment) over company + regr_slope(value_share, attainment) over company * attainment) as residual
from rated
window company as (partition by cycle_id)
