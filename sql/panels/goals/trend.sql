-- One row per cycle of the same kind that has begun, the oldest first: how goals were set in it.
select
    coalesce(cycle.cycle_name, cycle.cycle_id) as cycle_name,
    cycle.cycle_id,
    round(avg((person.live_goal_count > 0)::int), 4) as coverage_share,
    round(avg(person.is_weight_complete::int) filter (person.live_goal_count > 0), 4) as weight_complete_share,
    round(avg(person.aligned_share), 4) as aligned_share,
    count(*) as people_count
from scoped_person(null, $unit, $job_family, $location, $grade, $manager, $attributes) as person
inner join dim_cycle as cycle on cycle.cycle_id = person.cycle_id
where
    cycle.starts_on <= $as_of::date
    and cycle.cycle_kind is not distinct from (select cycle_kind from dim_cycle where cycle_id = $cycle)
group by
    cycle.cycle_id,
    cycle.cycle_name,
    cycle.starts_on
order by cycle.starts_on
