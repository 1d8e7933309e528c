-- One row: the people rated low whom nobody has met although it is due, and the manager who has most of them.
with unmet as (
    select
        person.manager_id,
        person.manager_name,
        person.employee_name,
        person.employee_id
    from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    inner join fct_feedback as feedback on feedback.employee_id = person.employee_id and feedback.cycle_id = person.cycle_id
    where feedback.is_low_unmet
),
manager as (
    select
        manager_id,
        any_value(coalesce(manager_name, manager_id)) as manager,
        count(*) as manager_count
    from unmet
    where manager_id is not null
    group by manager_id
    order by
        manager_count desc,
        manager_id
    limit 1
)
select
    case
        when count(*) = 1 then 'low_unmet_one'
        when any_value(manager.manager_count) > 1 then 'low_unmet_manager'
        else 'low_unmet'
    end as finding_key,
    count(*) as people_count,
    any_value(manager.manager) as manager,
    any_value(manager.manager_count) as manager_count,
    min(unmet.employee_name) as person,
    'low_unmet' as drill_sign
from unmet
left join manager on true
having count(*) > 0
