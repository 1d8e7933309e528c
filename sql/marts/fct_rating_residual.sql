-- One row per person rated by a manager in a cycle, with attainment: the manager's rating less what attainment leads one to expect.
-- One regression for the company and cycle. Without any spread of attainment nothing can be expected.
-- scope: cycle_id
with rated as (
    select
        overall.cycle_id,
        overall.employee_id,
        coalesce(overall.reviewer_id, person.manager_id) as reviewer_id,
        overall.value_share,
        round(goal.attainment, 12) as attainment
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
),

company as (
    select
        cycle_id,
        avg(value_share) as mean_share,
        avg(attainment) as mean_attainment,
        case when max(attainment) > min(attainment) then covar_pop(value_share, attainment) / nullif(var_pop(attainment), 0) end as slope
    from rated
    group by cycle_id
)

select
    rated.cycle_id,
    rated.employee_id,
    rated.reviewer_id,
    rated.value_share,
    rated.attainment,
    company.mean_share + company.slope * (rated.attainment - company.mean_attainment) as expected_share,
    round(rated.value_share - company.mean_share - company.slope * (rated.attainment - company.mean_attainment), 12) as residual,
    case when company.slope is null then 'no_variance' end as residual_reason
from rated
join company
    using (cycle_id)
