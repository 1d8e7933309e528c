-- One row: the fifth of people who reached least before rose by so much, of which so much is regression to the mean alone.
with pair as (
    select
        attainment_change_points,
        adjusted_attainment_change_points,
        ntile(5) over (order by previous_attainment, employee_id) as fifth
    from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes)
    where adjusted_attainment_change_points is not null
)
select
    'regression' as finding_key,
    round(avg(attainment_change_points), 3) as naive_points,
    round(avg(adjusted_attainment_change_points), 3) as adjusted_points,
    count(*) as people_count
from pair
where fifth = 1
having
    count(*) >= (select minimum_group_count from dim_setting)
    and avg(attainment_change_points) > 0.02
