-- One row per goal of an employee that has a text: its SMART criteria, each 0, a half or 1, with the reason that says what to mend.
-- view: fct_smart_code has the same in small numbers; words for forty million goals would take longer to write than to work out.
-- scope: cycle_id
select
    goal_id,
    cycle_id,
    employee_id,
    smart_points(specific_code) as specific,
    smart_reason(specific_code) as specific_reason,
    smart_points(measurable_code) as measurable,
    smart_reason(measurable_code) as measurable_reason,
    smart_points(attainable_code) as attainable,
    smart_reason(attainable_code) as attainable_reason,
    attainable_chance,
    is_own_chance,
    chance_count,
    smart_points(relevant_code) as relevant,
    smart_reason(relevant_code) as relevant_reason,
    smart_points(time_bound_code) as time_bound,
    smart_reason(time_bound_code) as time_bound_reason,
    smart_points(specific_code) + smart_points(measurable_code) + smart_points(attainable_code) + smart_points(relevant_code)
    + smart_points(time_bound_code) as smart_score
from main.fct_smart_code
