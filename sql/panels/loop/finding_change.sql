-- One row: how the closure rate moved from the comparison cycle.
with closure as (
    select
        cycle_id,
        count(*) as people_count,
        avg(is_closed_loop::int) as closed_share
    from scoped_person(null, $unit, $job_family, $location, $grade, $manager, $attributes)
    where cycle_id in ($cycle, $compare)
    group by cycle_id
)
select
    case when before.closed_share is null then 'closure' else 'closure_change' end as finding_key,
    round(now.closed_share, 4) as closed_share,
    round(now.closed_share - before.closed_share, 4) as change_points,
    now.people_count
from closure as now
left join closure as before on before.cycle_id = $compare
where
    now.cycle_id = $cycle
    and now.closed_share > 0
    and (select is_closed from dim_cycle where cycle_id = $cycle)  -- a running cycle's closure says nothing yet
