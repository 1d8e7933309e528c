-- One row per person with live goals that have a text: the share of all SMART points that these goals reach.
create or replace macro smart_person(p_cycle) as table
select
    employee_id,
    avg(
        smart_points(specific_code) + smart_points(measurable_code) + smart_points(attainable_code)
        + smart_points(relevant_code) + smart_points(time_bound_code)
    ) / 5 as smart_share
from live_smart_code(p_cycle)
group by employee_id
