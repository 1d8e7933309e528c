-- One row per check-in: $check_ins for each goal of an employee, one in ten left out; people end at 60 to 115 % of their targets.
-- Of one goal in four the owner says how it stands.
insert into raw.check_in by name
select
    1 as import_id,
    'check-in' as sheet,
    row_number() over () as line,
    goal.goal_id || '|' || k as natural_key,
    goal.goal_id,
    goal.employee_id,
    goal.starts_on + (k * 181 // $check_ins - 8)::integer as checked_on,
    case
        when goal.direction = 'maintain' then 94.0 + hash(goal.goal_id, k) % 12
        else goal.baseline + (goal.target - goal.baseline) * k / $check_ins * (0.6 + (hash(goal.employee_id, goal.cycle) % 56) / 100.0)
    end as value,
    case when hash(goal.goal_id, 'says') % 4 = 0 then ['on_track', 'at_risk', 'off_track'][1 + (hash(goal.goal_id, k) % 3)::integer] end as status
from raw.goal as goal
cross join range(1, $check_ins + 1) as numbers(k)
where
    goal.employee_id is not null
    and hash(goal.goal_id, k, 'kept') % 10 != 0
