-- One row per goal of an employee that has a text: its SMART criteria, each 0, a half or 1, with the reason that says what to mend.
-- scope: cycle_id
with chanced as (
    select
        *,
        case
            when own_count > 0 then chance_of_reaching(own_reached_count, own_count)
            else coalesce(peer_chance, family_chance)
        end as chance
    from int_goal_reason
),

reasoned as (
    select
        goal.*,
        smart_attainable(round(goal.chance, 9), setting.smart_discouraging_below, setting.smart_likely_from, setting.smart_likely_to, setting.smart_sure_above) as attainable_reason,
        smart_relevant(goal.is_aligned, goal.is_units_category, goal.is_other_family) as relevant_reason
    from chanced as goal
    cross join dim_setting as setting
)

select
    goal_id,
    cycle_id,
    employee_id,
    unit_id,
    smart_points(specific_reason) as specific,
    specific_reason,
    smart_points(measurable_reason) as measurable,
    measurable_reason,
    smart_points(attainable_reason) as attainable,
    attainable_reason,
    chance as attainable_chance,
    case
        when own_count > 0 then 'own'
        when peer_chance is not null then 'peers_on_metric'
        when family_chance is not null then 'peers'
    end as chance_source,
    case
        when own_count > 0 then own_count
        when peer_chance is not null then peer_count
        else coalesce(family_count, 0)
    end as chance_count,
    smart_points(relevant_reason) as relevant,
    relevant_reason,
    smart_points(time_bound_reason) as time_bound,
    time_bound_reason,
    smart_points(specific_reason) + smart_points(measurable_reason) + smart_points(attainable_reason)
    + smart_points(relevant_reason) + smart_points(time_bound_reason) as smart_score
from reasoned
