-- One row per goal: attainment, pace and status as of the build's date.
with elapsed as (
    select
        goal.*,
        setting.as_of,
        cycle.check_in_days,
        case
            when goal.due_on <= goal.starts_on then (setting.as_of >= goal.due_on)::integer::double
            else bounded((setting.as_of - goal.starts_on) / (goal.due_on - goal.starts_on)::double, 0.0, 1.0)
        end as elapsed_share,
        bounded(goal.attainment_raw, 0.0, goal.attainment_cap) as attainment,
        coalesce(goal.shown_status = 'cancelled', false) as is_cancelled,
        greatest(0, least(goal.due_on, setting.as_of) - goal.starts_on + 1) // cycle.check_in_days as full_period_count,
        goal.direction is not distinct from 'maintain'
            or (goal.direction is not distinct from 'decrease' and goal.baseline is null)
            or coalesce(goal.is_level, false) as is_held
    from int_goal_evidence as goal
    cross join dim_setting as setting
    join dim_cycle as cycle
        on cycle.cycle_id = goal.cycle_id
),

paced as (
    select
        *,
        case
            when is_held then attainment - 1
            when planned_share is not null then attainment - planned_share
            else attainment - elapsed_share
        end as pace,
        -- without a weight: an equal share of what the stated weights leave of 100 %
        coalesce(
            weight,
            greatest(0, 1 - coalesce(sum(weight) filter (where not is_cancelled) over owner_cycle, 0))
            / count(*) filter (where weight is null and not is_cancelled) over owner_cycle
        ) as filled_weight
    from elapsed
    window owner_cycle as (partition by cycle_id, employee_id, is_unit_goal, case when is_unit_goal then unit_id end)
)

select
    goal.natural_key,
    goal.actual,
    goal.actual_source,
    goal.shown_status as owner_status,
    goal.is_cancelled,
    case
        when goal.is_cancelled then null
        else goal.filled_weight / nullif(sum(goal.filled_weight) filter (where not goal.is_cancelled) over owner_cycle, 0)
    end as weight_share,
    round(goal.attainment_raw, 9) as attainment_raw,
    round(goal.attainment, 9) as attainment,
    round(goal.attainment_raw, 9) >= case when goal.commitment = 'aspirational' then setting.aspirational_met_from else 1 end as is_met,
    goal.elapsed_share,
    round(goal.pace, 9) as pace,
    case
        when goal.is_cancelled then 'cancelled'
        when round(goal.attainment, 9) >= 1 then 'done'
        when goal.attainment is null and goal.elapsed_share > setting.not_started_from then 'not_started'
        when goal.as_of > goal.due_on and goal.attainment is not null then 'overdue'
        when round(goal.pace, 9) >= setting.on_track_from_points then 'on_track'
        when round(goal.pace, 9) >= setting.at_risk_from_points then 'at_risk'
        when goal.pace is not null then 'off_track'
    end as status,
    goal.check_in_count,
    goal.last_check_in_on,
    goal.full_period_count,
    goal.kept_period_count / nullif(goal.full_period_count, 0)::double as cadence_share,
    goal.plan_item_count,
    goal.has_dated_plan,
    goal.milestone_share
from paced as goal
cross join dim_setting as setting
window owner_cycle as (partition by goal.cycle_id, goal.employee_id, goal.is_unit_goal, case when goal.is_unit_goal then goal.unit_id end)
