-- One row per improvement plan of the cycle before: whether what it was about came back as a goal of the person in this one.
select
    person.employee_name,
    person.employee_id,
    person.unit,
    carried.focus,
    carried.is_carried_over,
    carried.goal_title,
    round(carried.matched_share, 3) as matched_share,
    carried.is_carried_over_reason as reason_key,
    carried.natural_key
from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
inner join fct_carried_over as carried on carried.employee_id = person.employee_id and carried.cycle_id = person.cycle_id
order by
    carried.is_carried_over nulls last,
    person.employee_name,
    carried.plan_id
