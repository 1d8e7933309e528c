-- One row per step and state: the people of the cycle in it.
select
    step.step_number,
    step.step,
    step.state,
    count(*) as people_count,
    round(count(*) / sum(count(*)) over (partition by step.step), 4) as people_share,
    max(count(*)) over () as largest_count,
    sum(count(*)) over (partition by step.step)::bigint as total_count
from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
inner join fct_step as step on step.employee_id = person.employee_id and step.cycle_id = person.cycle_id
group by
    step.step_number,
    step.step,
    step.state
order by
    step.step_number,
    list_position(['on_time', 'late', 'exempt', 'open', 'missed'], step.state)
