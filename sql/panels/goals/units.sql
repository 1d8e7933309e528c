-- One row per unit below the chosen one (or the top): how the goals of its people, and of the units below it, are set, each person once.
select
    person.branch_unit as unit,
    person.branch_unit_id as unit_id,
    count(*) as people_count,
    round(avg((person.live_goal_count > 0)::int), 4) as coverage_share,
    round(avg(smart.smart_share), 4) as smart_share,
    round(avg(person.is_weight_complete::int) filter (person.live_goal_count > 0), 4) as weight_complete_share,
    round(avg(person.aligned_share), 4) as aligned_share,
    count(person.aligned_share) as aligned_people_count,
    round(median(person.aligned_share), 4) as median_aligned_share
from branch_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
left join smart_person($cycle) as smart on smart.employee_id = person.employee_id
group by
    person.branch_unit_id,
    person.branch_unit
order by
    smart_share nulls last,
    person.branch_unit_id
