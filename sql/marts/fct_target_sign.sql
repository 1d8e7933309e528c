-- One row per unit and cycle: signs that targets are soft or gamed, each with how many goals and people it is told of. A sign is no proof:
-- it says where to look.
-- scope: cycle_id
with unit as (
    select
        cycle_id,
        unit_id,
        count(*) as person_count,
        sum(goal_count)::bigint as goal_count,
        sum(compared_count)::bigint as compared_count,
        sum(soft_count)::bigint as soft_count,
        count(*) filter (where compared_count > 0) as compared_person_count,
        sum(ended_count)::bigint as ended_count,
        sum(bunched_count)::bigint as bunched_count,
        sum(just_below_count)::bigint as just_below_count,
        count(*) filter (where ended_count > 0) as ended_person_count,
        sum(dated_count)::bigint as dated_count,
        sum(late_count)::bigint as late_count,
        count(*) filter (where dated_count > 0) as dated_person_count
    from int_target_group
    where employee_id is not null
    group by cycle_id, unit_id
),

harder as (
    select
        cycle_id,
        unit_id,
        sum(goal_count)::bigint as stretched_count,
        sum(goal_count * stretch_difference_points) / sum(goal_count) as stretch_difference
    from fct_target_difficulty
    where stretch_difference_points is not null
    group by cycle_id, unit_id
)

select
    unit.cycle_id,
    unit.unit_id,
    unit.person_count,
    unit.goal_count,
    share_of_enough(unit.soft_count, unit.compared_count, unit.compared_person_count, setting.minimum_group_count) as soft_target_share,
    reason_of_share(unit.compared_person_count, setting.minimum_group_count, 'no_history') as soft_target_share_reason,
    unit.compared_count,
    unit.compared_person_count,
    share_of_enough(unit.bunched_count, unit.ended_count, unit.ended_person_count, setting.minimum_group_count) as bunched_share,
    reason_of_share(unit.ended_person_count, setting.minimum_group_count, 'no_evidence') as bunched_share_reason,
    share_of_enough(unit.just_below_count, unit.ended_count, unit.ended_person_count, setting.minimum_group_count) as just_below_share,
    reason_of_share(unit.ended_person_count, setting.minimum_group_count, 'no_evidence') as just_below_share_reason,
    unit.ended_count,
    unit.ended_person_count,
    share_of_enough(unit.late_count, unit.dated_count, unit.dated_person_count, setting.minimum_group_count) as late_progress_share,
    reason_of_share(unit.dated_person_count, setting.minimum_group_count, 'no_evidence') as late_progress_share_reason,
    unit.dated_count,
    unit.dated_person_count,
    harder.stretch_difference as stretch_difference_points,
    case when harder.stretch_difference is null then 'no_counterpart' end as stretch_difference_points_reason,
    coalesce(harder.stretched_count, 0) as stretched_count
from unit
cross join dim_setting as setting
left join harder
    on harder.cycle_id = unit.cycle_id
    and harder.unit_id = unit.unit_id
