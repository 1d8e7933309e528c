-- One row per week of the cycle and unit below the chosen one (or the top): the people who checked in on a goal in it.
with person as (
    select
        branch_unit_id,
        branch_unit,
        employee_id
    from branch_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes)
    where live_goal_count > 0
),
size as (
    select
        branch_unit_id,
        branch_unit,
        count(*) as people_count
    from person
    group by
        branch_unit_id,
        branch_unit
    qualify count(*) >= 5 or max(count(*)) over () < 5  -- a few people make no pattern
),
reported as (
    select distinct
        employee_id,
        date_trunc('week', checked_on)::date as week_on
    from fct_check_in
    where cycle_id = $cycle
),
week as (
    select unnest(generate_series(date_trunc('week', starts_on), least(ends_on, (select as_of from dim_setting)), interval 7 day))::date as week_on
    from dim_cycle
    where cycle_id = $cycle
),
counted as (
    select
        person.branch_unit_id,
        reported.week_on,
        count(*) as checked_count
    from person
    inner join reported on reported.employee_id = person.employee_id
    group by
        person.branch_unit_id,
        reported.week_on
)
select
    week.week_on,
    size.branch_unit as unit,
    size.branch_unit_id as unit_id,
    round(coalesce(counted.checked_count, 0) / size.people_count, 4) as checked_share,
    coalesce(counted.checked_count, 0) as checked_count,
    size.people_count
from size
cross join week
left join counted on counted.branch_unit_id = size.branch_unit_id and counted.week_on = week.week_on
where exists (select 1 from counted)
order by
    size.branch_unit_id,
    week.week_on
