-- One row per manager of people in scope: what their people reached, how they are looked after, how the manager rates and what waits.
with person as (
    select
        figure.*,
        scoped.manager_id,
        scoped.manager_name,
        scoped.cycle_id
    from figure_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as figure
    inner join scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as scoped
        on scoped.employee_id = figure.employee_id
    where scoped.manager_id is not null
),
waiting as (
    select
        employee_id,
        count(*) as item_count
    from waiting_item($cycle)
    group by employee_id
)
select
    coalesce(any_value(person.manager_name), person.manager_id) as manager_name,
    person.manager_id,
    count(*) as people_count,
    round(avg(person.figures.attainment), 4) as attainment,
    round(avg(person.figures.cadence), 4) as cadence_share,
    round(avg(person.figures.delivered), 4) as delivered_share,
    round(avg(person.figures.closed), 4) as closed_share,
    round(any_value(rater.severity), 4) as severity_points,
    coalesce(sum(waiting.item_count), 0)::bigint as item_count
from person
left join waiting on waiting.employee_id = person.employee_id
left join fct_rater as rater on rater.cycle_id = person.cycle_id and rater.reviewer_id = person.manager_id
group by person.manager_id
order by
    item_count desc,
    people_count desc,
    person.manager_id
limit 60
