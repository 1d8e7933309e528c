-- One row per cycle, unit and employee: the goals that a sign of target setting can be told of, and how many show it.
select
    cycle_id,
    unit_id,
    employee_id,
    count(*) as goal_count,
    count(is_soft) as compared_count,
    count(*) filter (where is_soft) as soft_count,
    count(is_bunched) as ended_count,
    count(*) filter (where is_bunched) as bunched_count,
    count(*) filter (where is_just_below) as just_below_count,
    count(is_late) as dated_count,
    count(*) filter (where is_late) as late_count
from int_goal_sign
group by cycle_id, unit_id, employee_id
