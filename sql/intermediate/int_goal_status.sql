-- One row per goal: attainment, pace and status as of the build's date.
-- view: read once.
with elapsed as (
    select
        goal.*,
        setting.as_of,
        case
            when goal.attainment_unbounded is null then null
            when goal.direction = 'milestone' and goal.milestone_share is not null then 'milestones'
            when goal.actual is not null and goal.is_final then 'final'
            when goal.actual is not null then 'check_in'
            when goal.shown_progress is not null then 'progress'
            else 'milestones'
        end as actual_source,
        case
            when goal.due_on <= goal.starts_on then (setting.as_of >= goal.due_on)::integer::double
            else bounded((setting.as_of - goal.starts_on) / (goal.due_on - goal.starts_on)::double, 0.0, 1.0)
        end as elapsed_share,
        bounded(goal.attainment_unbounded, 0.0, own.attainment_cap) as bounded_attainment,
        coalesce(goal.shown_status = 'cancelled', false) as is_cancelled,
        greatest(0, least(goal.due_on, setting.as_of) - goal.starts_on + 1) // goal.check_in_days as full_period_count,
        goal.direction is not distinct from 'maintain'
        or (goal.direction is not distinct from 'decrease' and goal.baseline is null)
        or coalesce(goal.is_level, false) as is_held
    from int_goal_evidence as goal
    cross join dim_setting as setting
    join dim_cycle_setting as own
        on own.cycle_id = goal.cycle_id
),

paced as (
    select
        *,
        round(attainment_unbounded, 9) as attainment_raw,
        round(bounded_attainment, 9) as attainment,
        round(
            case
                when is_held then bounded_attainment - 1
                when planned_share is not null then bounded_attainment - planned_share
                else bounded_attainment - elapsed_share
            end, 9
        ) as pace
    from elapsed
)

select
    goal.*,
    goal.attainment_raw >= case when goal.commitment = 'aspirational' then own.aspirational_met_from else 1 end as is_met,
    case
        when goal.is_cancelled then 'cancelled'
        when goal.attainment >= 1 then 'done'
        when goal.attainment is null and goal.elapsed_share > own.not_started_from then 'not_started'
        when goal.as_of > goal.due_on and goal.attainment is not null then 'overdue'
        when goal.pace >= own.on_track_from_points then 'on_track'
        when goal.pace >= own.at_risk_from_points then 'at_risk'
        when goal.pace is not null then 'off_track'
    end as status,
    goal.kept_period_count / nullif(goal.full_period_count, 0)::double as cadence_share
from paced as goal
join dim_cycle_setting as own
    on own.cycle_id = goal.cycle_id
