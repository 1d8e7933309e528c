-- error: every active employee has the six steps of the loop in every cycle
select
    person.employee_id,
    person.cycle_id
from fct_employee_cycle as person
left join fct_step as step
    on step.employee_id = person.employee_id
    and step.cycle_id = person.cycle_id
group by all
having count(distinct step.step) != 6
    or count(*) != 6
