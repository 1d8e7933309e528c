-- One row per cycle with a formula for the final score and variant of it (null: the one in force): whose parts and whose table count. What
-- a variant leaves unsaid is as in force; what a cycle leaves unsaid is as in every cycle.
with named as (
    select variant, cycle, true as has_parts, false as has_table from stg_score_part
    union all
    select variant, cycle, false, true from stg_score_label
),

variant as (
    select distinct cycle.cycle_id, named.variant
    from dim_cycle as cycle
    join named
        on named.cycle is null
        or named.cycle = cycle.cycle_id
),

ranked as (
    select
        variant.cycle_id,
        variant.variant,
        named.variant as from_variant,
        named.cycle as from_cycle,
        named.has_parts,
        named.has_table,
        2 * (named.variant is not distinct from variant.variant)::integer + (named.cycle is not null)::integer as closeness
    from variant
    join named
        on coalesce(named.cycle, variant.cycle_id) = variant.cycle_id
        and (named.variant is null or named.variant is not distinct from variant.variant)
)

select
    cycle_id,
    variant,
    arg_max({'variant': from_variant, 'cycle': from_cycle}, closeness) filter (where has_parts) as parts_from,
    arg_max({'variant': from_variant, 'cycle': from_cycle}, closeness) filter (where has_table) as table_from
from ranked
group by cycle_id, variant
having bool_or(has_parts)
