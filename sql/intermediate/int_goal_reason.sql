-- One row per goal of an employee that has a text: what is known for its SMART criteria. The chance of reaching the target is that of the
-- person's own earlier goals on the metric, else of the peers' in the job family on it, else of all of theirs.
with history as (
    select cycle_id, cycle_kind, bit_or(place_bit) as bits
    from int_cycle_history
    group by cycle_id, cycle_kind
),

known as (
    select
        goal.goal_id,
        goal.cycle_id,
        goal.employee_id,
        goal.unit_id,
        text.specific_reason,
        smart_measurable(
            coalesce(goal.target, goal.target_lower, goal.target_upper) is not null,
            coalesce(goal.unit_of_measure, goal.metric) is not null,
            text.has_amount
        ) as measurable_reason,
        smart_time_bound(
            case when undated.natural_key is null then goal.due_on end,
            cycle.starts_on, cycle.ends_on, text.has_time_limit
        ) as time_bound_reason,
        goal.is_aligned,
        person.unit_id as own_unit_id,
        person.job_family,
        metric.metric_key,
        category.folded_category,
        bit_count(reach.seen_bits & history.bits) as own_count,
        bit_count(reach.seen_bits & ~reach.missed_bits & history.bits) as own_reached_count
    from fct_goal as goal
    join int_goal_text as text
        on text.title = goal.title
    join dim_cycle as cycle
        on cycle.cycle_id = goal.cycle_id
    left join int_goal_undated as undated
        on undated.natural_key = goal.natural_key
    left join fct_employee_cycle as person
        on person.employee_id = goal.employee_id
        and person.cycle_id = goal.cycle_id
    left join int_metric as metric
        on metric.metric = goal.metric
    left join int_category as category
        on category.category = goal.category
    left join history
        on history.cycle_id = goal.cycle_id
    left join int_metric_reach as reach
        on reach.employee_id = goal.employee_id
        and reach.metric_key = metric.metric_key
        and reach.cycle_kind = history.cycle_kind
    where goal.owner_kind = 'employee'
)

select
    known.*,
    peer.chance as peer_chance,
    family.chance as family_chance,
    peer.measured_count as peer_count,
    family.measured_count as family_count,
    units.folded_category is not null as is_units_category,
    coalesce(belongs.job_family != known.job_family, false) as is_other_family
from known
left join int_family_chance as peer
    on peer.cycle_id = known.cycle_id
    and peer.job_family = known.job_family
    and peer.metric_key = known.metric_key
left join int_family_chance as family
    on family.cycle_id = known.cycle_id
    and family.job_family = known.job_family
    and family.metric_key is null
left join int_unit_category as units
    on units.cycle_id = known.cycle_id
    and units.unit_id = known.own_unit_id
    and units.folded_category = known.folded_category
left join int_category_family as belongs
    on belongs.cycle_id = known.cycle_id
    and belongs.folded_category = known.folded_category
