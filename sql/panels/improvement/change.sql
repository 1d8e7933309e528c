-- One row per fifth of what people reached in the cycle before: how much they changed since, as it stands and less what regression to the mean explains.
with pair as (
    select
        attainment_change_points,
        adjusted_attainment_change_points,
        ntile(5) over (order by previous_attainment, employee_id) as fifth
    from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes)
    where
        attainment_change_points is not null
        and adjusted_attainment_change_points is not null
)
select
    ['lowest', 'low', 'middle', 'high', 'highest'][fifth] as earlier_fifth,
    round(avg(attainment_change_points), 4) as naive_points,
    round(avg(adjusted_attainment_change_points), 4) as adjusted_points,
    count(*) as people_count,
    sum(count(*)) over ()::bigint as total_count
from pair
group by fifth
order by fifth
