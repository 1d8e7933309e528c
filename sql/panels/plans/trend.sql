-- One row per cycle of the same kind that has begun, the oldest first: how goals were planned and the plans kept.
with person as (
    select
        cycle_id,
        employee_id,
        plan_coverage_share
    from scoped_person(null, $unit, $job_family, $location, $grade, $manager, $attributes)
),
item as (
    select
        person.cycle_id,
        avg((item.is_done and coalesce(item.done_on <= item.due_on, true))::int) as punctual_share,
        count(*) as due_count
    from person
    inner join fct_plan_item as item on item.employee_id = person.employee_id and item.cycle_id = person.cycle_id
    anti join (select goal_no from fct_goal where is_cancelled) as cancelled on cancelled.goal_no = item.goal_no
    where item.due_on <= $as_of::date
    group by person.cycle_id
),
covered as (
    select
        cycle_id,
        avg(plan_coverage_share) as plan_coverage_share,
        count(*) as people_count
    from person
    group by cycle_id
)
select
    coalesce(cycle.cycle_name, cycle.cycle_id) as cycle_name,
    cycle.cycle_id,
    round(covered.plan_coverage_share, 4) as plan_coverage_share,
    round(item.punctual_share, 4) as punctual_share,
    coalesce(item.due_count, 0) as due_count,
    covered.people_count
from covered
inner join dim_cycle as cycle on cycle.cycle_id = covered.cycle_id
left join item on item.cycle_id = covered.cycle_id
where
    cycle.starts_on <= $as_of::date
    and cycle.cycle_kind is not distinct from (select cycle_kind from dim_cycle where cycle_id = $cycle)
order by cycle.starts_on
