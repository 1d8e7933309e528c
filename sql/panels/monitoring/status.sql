-- One row per pair of statuses: the goals that their owner calls the one and the figures call the other.
select
    goal.status,
    goal.owner_status,
    count(*) as goal_count,
    round(count(*) / sum(count(*)) over (), 4) as goal_share,
    case sign(status_level(goal.owner_status) - status_level(goal.status)) when 1 then 'owner_kinder' when 0 then 'agreed' else 'owner_harder' end as agreement,
    count(distinct goal.employee_id) as people_count,
    sum(count(*)) over ()::bigint as total_count
from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
inner join fct_goal as goal on goal.employee_id = person.employee_id and goal.cycle_id = person.cycle_id
where
    not goal.is_cancelled
    and status_level(goal.owner_status) is not null
    and status_level(goal.status) is not null
group by
    goal.status,
    goal.owner_status
order by
    list_position(['not_started', 'overdue', 'off_track', 'at_risk', 'on_track', 'done'], goal.owner_status),
    list_position(['not_started', 'overdue', 'off_track', 'at_risk', 'on_track', 'done'], goal.status)
