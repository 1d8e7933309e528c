-- One row per unit below the chosen one (or the top): the share of its people's milestones done by their due date, the lowest first. The 95 % interval
-- counts people, not milestones: one person's go together.
select
    person.branch_unit as unit,
    person.branch_unit_id as unit_id,
    round(avg(item.is_punctual::int), 4) as punctual_share,
    round(wilson_bound(avg(item.is_punctual::int) * count(distinct person.employee_id), count(distinct person.employee_id), -1), 4) as lower_share,
    round(wilson_bound(avg(item.is_punctual::int) * count(distinct person.employee_id), count(distinct person.employee_id), 1), 4) as upper_share,
    count(*) as due_count,
    count(distinct person.employee_id) as people_count
from branch_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
inner join due_item($cycle) as item on item.employee_id = person.employee_id
group by
    person.branch_unit_id,
    person.branch_unit
order by
    punctual_share,
    person.branch_unit_id
