-- One row: the live goals without a dated plan item, once plans were due, and the heaviest of them.
select
    case when count(*) = 1 then 'goals_unplanned_one' else 'goals_unplanned' end as finding_key,
    count(*) as goal_count,
    count(distinct person.employee_id) as people_count,
    first(goal.title order by goal.weight_share desc nulls last, person.employee_id, goal.goal_no) as title,
    first(coalesce(person.employee_name, person.employee_id) order by goal.weight_share desc nulls last, person.employee_id, goal.goal_no) as person,
    max(goal.weight_share) as weight_share,
    'goal_unplanned' as drill_sign
from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
inner join fct_goal as goal on goal.employee_id = person.employee_id and goal.cycle_id = person.cycle_id
where
    not goal.is_cancelled
    and not goal.has_dated_plan
    and (select plans_due_on < $as_of::date from dim_cycle where cycle_id = $cycle)
having count(*) > 0
