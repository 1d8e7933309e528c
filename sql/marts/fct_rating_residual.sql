-- One row per person rated by a manager in a cycle, with attainment: the manager's rating less what attainment leads one to expect.
-- One regression for the company and cycle. Without any spread of attainment nothing can be expected.
-- scope: cycle_id
with rated as (
    select cycle_id, employee_id, reviewer_id, manager_value_share as value_share, attainment
    from int_rated
    where manager_value_share is not null
        and attainment is not null
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
