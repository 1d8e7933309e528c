-- One row per active person without a live goal, the longest without first, then by manager.
select
    person.employee_name,
    person.employee_id,
    person.unit,
    person.position,
    person.manager_name,
    step.state as goals_state,
    cycle.goals_due_on as due_on,
    case when cycle.goals_due_on < $as_of::date then least($as_of::date, cycle.ends_on) - cycle.goals_due_on end as overdue_days,
    count(*) over () as total_count
from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
inner join dim_cycle as cycle on cycle.cycle_id = person.cycle_id
left join fct_step as step on step.employee_id = person.employee_id and step.cycle_id = person.cycle_id and step.step = 'goals'
where person.live_goal_count = 0
order by
    person.manager_name nulls first,
    person.employee_name,
    person.employee_id
limit 200
