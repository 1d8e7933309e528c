-- One row per unit below the chosen one (or the top), with the people of all units under it: the share who have missed no step so far, with its
-- 95 % interval, which is wide for few people. Unlike closure it tells units apart while the cycle runs.
with root as (
    select coalesce($unit, case when count(*) = 1 then max(unit_id) end) as unit_id
    from dim_unit
    where parent_unit_id is null
),
branch as (
    select
        unit.unit_id,
        unit.unit,
        unit.unit_path,
        unit.unit_id = root.unit_id as is_root
    from dim_unit as unit
    cross join root
    where
        unit.unit_id = root.unit_id
        or unit.parent_unit_id is not distinct from root.unit_id
),
person as (
    select
        branch.unit_id,
        branch.unit,
        one.cycle_id,
        one.attainment,
        one.is_closed_loop,
        one.leak_step
    from scoped_person(null, $unit, $job_family, $location, $grade, $manager, $attributes) as one
    inner join branch on
        one.unit_id = branch.unit_id
        or (not branch.is_root and starts_with(one.unit_path, branch.unit_path || '/'))
    where one.cycle_id in ($cycle, $compare)
),
unit_cycle as (
    select
        unit_id,
        unit,
        cycle_id,
        count(*) as people_count,
        avg(attainment) as attainment,
        count(*) filter (leak_step is null) as unbroken_count,
        avg(is_closed_loop::int) as closed_share,
        mode(leak_step) as leak_step
    from person
    group by
        unit_id,
        unit,
        cycle_id
)
select
    now.unit,
    now.unit_id,
    now.people_count,
    round(now.unbroken_count / now.people_count, 4) as unbroken_share,
    round(wilson_bound(now.unbroken_count, now.people_count, -1), 4) as lower_share,
    round(wilson_bound(now.unbroken_count, now.people_count, 1), 4) as upper_share,
    now.leak_step,
    round(now.closed_share, 4) as closed_share,
    round(now.closed_share - before.closed_share, 4) as closed_change_points,  -- null while the cycle runs
    round(now.attainment, 4) as attainment,
    round(now.attainment - before.attainment, 4) as attainment_change_points
from unit_cycle as now
inner join dim_cycle as cycle on cycle.cycle_id = now.cycle_id
cross join dim_setting as setting
left join unit_cycle as before on before.unit_id = now.unit_id and before.cycle_id = $compare and cycle.is_closed
where now.cycle_id = $cycle
order by
    now.people_count < setting.minimum_group_count,  -- too few to be ranked
    now.unbroken_count / now.people_count desc,
    now.closed_share desc,
    now.unit
