-- One row per goal of an employee that has a text: a number for each SMART criterion, and the chance of reaching the target: that of the
-- person's own earlier goals on the metric, else of the peers' in the job family. fct_goal_smart says what the numbers mean.
-- joins as written
-- scope: cycle_id
with known as (
    select
        goal.goal_id,
        goal.cycle_id,
        goal.employee_id,
        text.specific_code,
        smart_measurable(
            coalesce(goal.target, goal.target_lower, goal.target_upper) is not null,
            coalesce(goal.unit_of_measure, goal.metric) is not null,
            text.has_amount
        ) as measurable_code,
        smart_relevant(goal.is_aligned, units.category is not null, link.is_other_family) as relevant_code,
        smart_time_bound(case when undated.natural_key is null then goal.due_on end, frame.starts_on, frame.ends_on, text.has_time_limit) as time_bound_code,
        bit_count(reach.seen_bits & frame.history_bits) as own_count,
        bit_count(reach.seen_bits & ~reach.missed_bits & frame.history_bits) as own_reached_count,
        link.measured_count,
        link.chance
    from fct_goal as goal
    left join fct_employee_cycle as person
        on person.employee_id = goal.employee_id
        and person.cycle_id = goal.cycle_id
    left join int_cycle_frame as frame
        on frame.cycle_id = goal.cycle_id
    left join int_goal_undated as undated
        on undated.natural_key = goal.natural_key
    left join int_metric as metric
        on metric.metric = goal.metric
    left join int_metric_reach as reach
        on reach.reach_key = hash(goal.employee_id, metric.metric_key, frame.cycle_kind)
    left join int_family_link as link
        on link.cycle_id = goal.cycle_id
        and link.job_family = person.job_family
        and link.metric_key is not distinct from metric.metric_key
        and link.category is not distinct from goal.category
    left join int_unit_category as units
        on units.cycle_id = goal.cycle_id
        and units.unit_id = person.unit_id
        and units.category = goal.category
    join int_goal_text as text  -- last: an inner join before it would hide from the planner how many goals there are
        on text.title = goal.title
    where goal.owner_kind = 'employee'
)

select
    known.goal_id,
    known.cycle_id,
    known.employee_id,
    known.specific_code::tinyint as specific_code,
    known.measurable_code::tinyint as measurable_code,
    smart_attainable(
        round(case when own_count > 0 then chance_of_reaching(own_reached_count, own_count) else chance end, 9),
        setting.smart_discouraging_below, setting.smart_likely_from, setting.smart_likely_to, setting.smart_sure_above
    )::tinyint as attainable_code,
    known.relevant_code::tinyint as relevant_code,
    known.time_bound_code::tinyint as time_bound_code,
    coalesce(own_count > 0, false) as is_own_chance,
    case when own_count > 0 then chance_of_reaching(own_reached_count, own_count) else chance end as attainable_chance,
    case when own_count > 0 then own_count else coalesce(measured_count, 0) end as chance_count
from known
cross join dim_setting as setting
