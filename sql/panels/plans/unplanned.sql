-- One row per live goal without a dated plan item, the heaviest first.
select
    person.employee_name,
    person.employee_id,
    person.unit,
    person.manager_name,
    goal.title,
    round(goal.weight_share, 4) as weight_share,
    goal.plan_item_count,
    goal.due_on,
    goal.status,
    count(*) over () as total_count
from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
inner join fct_goal as goal on goal.employee_id = person.employee_id and goal.cycle_id = person.cycle_id
where
    not goal.is_cancelled
    and not goal.has_dated_plan
order by
    goal.weight_share desc nulls last,
    person.employee_id,
    goal.goal_no
limit 200
