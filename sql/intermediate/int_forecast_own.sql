-- One row per live goal of an employee that is not due yet, in a cycle that is not closed: its own forecast, and the peers' mean it is pulled towards.
-- view: read once.
select
    goal.*,
    person.job_family,
    greatest(1, goal.point_count) as evidence_count,
    bounded(
        own_forecast(
            goal.line_end, goal.point_count, setting.forecast_line_count,
            goal.attainment_raw, goal.elapsed_share, setting.forecast_pace_from, goal.is_held
        ), 0, own.attainment_cap
    ) as own_forecast,
    coalesce(family.peer_attainment, company.peer_attainment) as peer_attainment,
    coalesce(family.peer_count, company.peer_count) as peer_count,
    least(9, greatest(1, round(10 * goal.elapsed_share))) / 10.0 as tested_share,
    setting.forecast_line_count,
    setting.forecast_peer_weight
from int_forecast_live as goal
cross join dim_setting as setting
join dim_cycle_setting as own
    on own.cycle_id = goal.cycle_id
left join main.fct_employee_cycle as person
    on person.employee_id = goal.employee_id
    and person.cycle_id = goal.cycle_id
left join int_forecast_peer as family
    on family.cycle_id = goal.cycle_id
    and family.job_family = person.job_family
    and not family.is_company
left join int_forecast_peer as company
    on company.cycle_id = goal.cycle_id
    and company.is_company
