-- One row per goal of a person of the calibration book, cancelled ones included and said to be so.
select
    goal.employee_id as employee_id,
    person.employee_name as employee_name,
    person.unit as unit,
    goal.title as title,
    goal.category as category,
    goal.weight_share as weight_share,
    goal.direction as direction,
    goal.baseline as baseline,
    goal.target as target,
    goal.actual as actual,
    goal.unit_of_measure as unit_of_measure,
    goal.attainment as attainment,
    goal.status as status,
    goal.last_check_in_on as last_check_in_on
from scoped_person($cycle, $unit, null, null, null, null, null) as person
inner join fct_goal as goal
    on goal.employee_id = person.employee_id
    and goal.cycle_id = person.cycle_id
    and goal.owner_kind = 'employee'
order by
    person.unit_path,
    person.manager_name,
    person.employee_id,
    goal.weight_share desc nulls last,
    goal.title
