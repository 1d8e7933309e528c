-- One row per closed cycle of this one's kind: mean change of attainment since the one before, as it stands and less regression to the mean.
select
    cycle.cycle_name,
    cycle.cycle_id,
    round(avg(person.attainment_change_points), 4) as naive_points,
    round(avg(person.adjusted_attainment_change_points), 4) as adjusted_points,
    count(person.adjusted_attainment_change_points) as people_count
from scoped_person(null, $unit, $job_family, $location, $grade, $manager, $attributes) as person
inner join dim_cycle as cycle on cycle.cycle_id = person.cycle_id
inner join dim_cycle as shown on shown.cycle_id = $cycle and shown.cycle_kind is not distinct from cycle.cycle_kind
where cycle.is_closed
group by
    cycle.cycle_name,
    cycle.cycle_id,
    cycle.starts_on
having count(person.adjusted_attainment_change_points) > 0
order by cycle.starts_on
