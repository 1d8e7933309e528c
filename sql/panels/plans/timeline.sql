-- One row per week of the cycle: the milestones due by its end, those done by then and those done by their due date, each summed up; what was done
-- ends with the day of the build.
with item as (
    select
        item.due_on,
        case when item.is_done then coalesce(item.done_on, item.due_on) end as done_on,
        item.employee_id
    from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    inner join live_plan_item($cycle) as item on item.employee_id = person.employee_id
    where item.due_on is not null
),
counted as (
    select
        due_on as day_on,
        count(*) as due_count,
        0 as done_count
    from item
    group by due_on
    union all
    select
        done_on,
        0,
        count(*)
    from item
    where done_on is not null
    group by done_on
),
day as (
    select distinct unnest(generate_series(cycle.starts_on, cycle.ends_on, interval 7 day) || [setting.as_of::timestamp, cycle.ends_on::timestamp])::date as day_on
    from dim_cycle as cycle
    cross join dim_setting as setting
    where cycle.cycle_id = $cycle
),
summed as (
    select
        day.day_on,
        coalesce(sum(counted.due_count), 0)::bigint as due_count,
        coalesce(sum(counted.done_count), 0)::bigint as done_count
    from day
    left join counted on counted.day_on <= day.day_on
    group by day.day_on
)
select
    summed.day_on,
    summed.due_count,
    case when summed.day_on <= setting.as_of then summed.done_count end as done_count,
    case when summed.day_on <= setting.as_of then summed.due_count - summed.done_count end as behind_count,
    people.people_count,
    people.people_count as total_count
from summed
cross join dim_setting as setting
cross join (select count(distinct employee_id) as people_count from item) as people
where
    summed.day_on <= (select ends_on from dim_cycle where cycle_id = $cycle)
    and people.people_count > 0
order by summed.day_on
