-- One row per milestone not yet done that falls due within thirty days of the build, the nearest first.
select
    person.employee_name,
    person.employee_id,
    person.unit,
    person.manager_name,
    item.title as milestone,
    goal.title,
    item.due_on,
    item.due_on - $as_of::date as left_days,
    item.natural_key,
    count(*) over () as total_count
from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
inner join live_plan_item($cycle) as item on item.employee_id = person.employee_id
left join fct_goal as goal on goal.goal_no = item.goal_no and goal.cycle_id = item.cycle_id
where
    not item.is_done
    and item.due_on between $as_of::date and $as_of::date + 30
order by
    item.due_on,
    person.employee_id,
    item.natural_key
limit 200
