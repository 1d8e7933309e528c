-- One row: how many people have no goals although these were due, and the manager with most of them.
with late as (
    select
        person.manager_id,
        person.manager_name
    from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    where
        person.live_goal_count = 0
        and (select goals_due_on < $as_of::date from dim_cycle where cycle_id = $cycle)
),
manager as (
    select
        any_value(coalesce(manager_name, manager_id)) as manager,
        count(*) as manager_count
    from late
    where manager_id is not null
    group by manager_id
    order by
        manager_count desc,
        manager_id
    limit 1
)
select
    case when any_value(manager.manager_count) > 1 and any_value(manager.manager_count) < count(*) then 'uncovered_manager' else 'uncovered' end as finding_key,
    count(*) as people_count,
    (select goals_due_on from dim_cycle where cycle_id = $cycle) as due_on,
    any_value(manager.manager) as manager,
    any_value(manager.manager_count) as manager_count,
    'no_goals' as drill_sign
from late
left join manager on true
having count(*) > 0
