-- One row per unit below the chosen one (or the top): how the goals of its people, and of the units below it, are watched over, each person once.
with person as (
    select
        person.branch_unit_id,
        person.branch_unit,
        person.pace,
        watch.*
    from branch_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    inner join fct_employee_monitoring as watch on watch.employee_id = person.employee_id and watch.cycle_id = person.cycle_id
)
select
    branch_unit as unit,
    branch_unit_id as unit_id,
    count(*) as people_count,
    round(avg(cadence_share), 4) as cadence_share,
    count(cadence_share) as cadence_people_count,
    round(avg(is_check_in_overdue::int) filter (watched_goal_count > 0), 4) as check_in_overdue_share,
    round(avg(disagreement_share), 4) as disagreement_share,
    sum(owner_kinder_count)::bigint as owner_kinder_count,
    round(avg((conversation_count > 0)::int), 4) as talked_share,
    sum(one_on_one_count)::bigint as one_on_one_count,
    sum(observation_count)::bigint as observation_count
from person
group by
    branch_unit_id,
    branch_unit
order by
    cadence_share nulls last,
    branch_unit_id
