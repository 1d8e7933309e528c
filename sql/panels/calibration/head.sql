-- One row: the cycle and the unit that a calibration book is asked for, null where there is none so named.
with asked_cycle as (
    select
        cycle_id,
        cycle_name,
        starts_on,
        ends_on,
        previous_cycle_id
    from dim_cycle
    where lower($cycle::varchar) in (lower(cycle_id), lower(cycle_name))
    order by lower(cycle_id) <> lower($cycle::varchar)
    limit 1
),

named_unit as (
    select
        unit_id,
        unit,
        unit_path,
        case $unit::varchar when unit_id then 1 when unit_path then 2 else 3 end as match_order
    from dim_unit
    where $unit::varchar in (unit_id, unit_path, unit)
),

asked_unit as (
    select
        unit_id,
        unit,
        unit_path
    from named_unit
    where match_order = (select min(match_order) from named_unit)
    qualify count(*) over () = 1  -- a name that two units bear names neither
),

known as (
    select
        (select string_agg(cycle_id, ', ' order by cycle_order) from dim_cycle) as known_cycles,
        (
            select string_agg(unit_id || ' ' || unit_path, '; ' order by unit_path)
            from (select unit_id, unit_path from dim_unit order by unit_path limit 40)
        ) as known_units
)

select
    asked_cycle.cycle_id as cycle_id,
    asked_cycle.cycle_name as cycle_name,
    asked_cycle.starts_on as starts_on,
    asked_cycle.ends_on as ends_on,
    asked_cycle.previous_cycle_id as previous_cycle_id,
    asked_unit.unit_id as unit_id,
    asked_unit.unit as unit,
    asked_unit.unit_path as unit_path,
    known.known_cycles as known_cycles,
    known.known_units as known_units
from known
left join asked_cycle on true
left join asked_unit on true
