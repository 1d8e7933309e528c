-- One row per unit below the chosen one (or the top): how the goals of its people, and of the units below it, are planned and the plans kept; the most behind first.
with item as (
    select
        person.branch_unit_id,
        count(*) as due_count,
        avg(item.is_punctual::int) as punctual_share,
        count(*) filter (item.is_overdue) as overdue_count,
        median(coalesce(item.late_days, 0)) as late_median_days,
        median(item.late_days) filter (item.late_days > 0) as late_of_late_days
    from branch_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    inner join due_item($cycle) as item on item.employee_id = person.employee_id
    group by person.branch_unit_id
),
unit as (
    select
        branch_unit_id,
        branch_unit,
        count(*) as people_count,
        count(plan_coverage_share) as with_goal_count,
        avg(plan_coverage_share) as plan_coverage_share,
        median(plan_coverage_share) as plan_coverage_median_share
    from branch_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes)
    group by
        branch_unit_id,
        branch_unit
)
select
    unit.branch_unit as unit,
    unit.branch_unit_id as unit_id,
    unit.people_count,
    round(unit.plan_coverage_share, 4) as plan_coverage_share,
    unit.with_goal_count,
    round(unit.plan_coverage_median_share, 4) as plan_coverage_median_share,
    round(item.punctual_share, 4) as punctual_share,
    coalesce(item.due_count, 0) as due_count,
    round(item.overdue_count / item.due_count, 4) as overdue_share,
    coalesce(item.overdue_count, 0) as overdue_count,
    item.late_median_days,
    item.late_of_late_days
from unit
left join item on item.branch_unit_id = unit.branch_unit_id
order by
    item.punctual_share nulls last,
    unit.plan_coverage_share nulls last,
    unit.branch_unit_id
