-- One row per person, those whose goals lead least far first, as far as goals that can be forecast say.
with own as (
    select
        employee_id,
        min(chance_share) as least_chance_share,
        arg_min(goal_id, chance_share) as goal_id
    from fct_goal_forecast
    where cycle_id = $cycle
    group by employee_id
)
select
    person.employee_name,
    person.employee_id,
    person.unit,
    person.manager_name,
    round(person.attainment, 4) as attainment,
    round(forecast.forecast, 4) as forecast_attainment,
    round(forecast.forecast_weight_share, 4) as forecast_weight_share,
    own.least_chance_share,
    goal.title,
    forecast.forecast_reason as reason_key,
    count(*) over () as total_count
from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
inner join fct_employee_forecast as forecast on forecast.employee_id = person.employee_id and forecast.cycle_id = person.cycle_id
left join own on own.employee_id = person.employee_id
left join fct_goal as goal on goal.goal_id = own.goal_id and goal.cycle_id = person.cycle_id
order by
    forecast.forecast nulls last,
    person.employee_id
limit 100
