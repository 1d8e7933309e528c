-- One row per cycle of this one's kind in which people in scope took part, the oldest first: what they reached and whose loop closed, beside the whole company.
with chosen as (
    select
        cycle_id,
        avg(attainment) as attainment,
        avg(is_closed_loop::int) as closed_share,
        count(*) as people_count
    from scoped_person(null, $unit, $job_family, $location, $grade, $manager, $attributes)
    group by cycle_id
),
company as (
    select
        cycle_id,
        avg(attainment) as attainment,
        avg(is_closed_loop::int) as closed_share
    from fct_employee_cycle
    group by cycle_id
)
select
    coalesce(cycle.cycle_name, cycle.cycle_id) as cycle_name,
    cycle.cycle_id,
    round(chosen.attainment, 4) as attainment,
    round(company.attainment, 4) as company_attainment_share,
    case when cycle.is_closed then round(chosen.closed_share, 4) end as closed_share,
    case when cycle.is_closed then round(company.closed_share, 4) end as company_closed_share,
    chosen.people_count
from chosen
inner join company on company.cycle_id = chosen.cycle_id
inner join dim_cycle as cycle on cycle.cycle_id = chosen.cycle_id
where
    cycle.is_closed
    and cycle.cycle_kind is not distinct from (select cycle_kind from dim_cycle where cycle_id = $cycle)
order by cycle.starts_on
