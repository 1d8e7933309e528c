-- One row per status of the cycle's goals of these people, the most frequent first.
select
    goal.status,
    count(*) as goal_count,
    round(count(*) / sum(count(*)) over (), 4) as goal_share,
    count(distinct goal.employee_id) as people_count
from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
inner join fct_goal as goal on goal.employee_id = person.employee_id and goal.cycle_id = person.cycle_id
where
    goal.owner_kind = 'employee'
    and goal.status is not null
group by goal.status
order by goal_count desc
