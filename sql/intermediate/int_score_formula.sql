-- One row per cycle with a formula for the final score and variant of it: its parts and its table from score to label, as lists. Without a
-- table of its own the bounds of the cycle's rating scale hold, where they are of a hundred-point scale.
with scale as (
    select
        cycle_id,
        list({'label': code, 'from_score': coalesce(lower_score, '-infinity'::double)} order by rank) as labels
    from dim_rating_label
    group by cycle_id
    having max(lower_score) > 10
),

stated as (
    select
        variant.cycle_id,
        variant.variant,
        list({
            'label': coalesce(label.code, stated.label),
            'from_score': coalesce(stated.from_score, '-infinity'::double)
        } order by stated.from_score nulls first) as labels
    from int_score_variant as variant
    join stg_score_label as stated
        on stated.variant is not distinct from variant.table_from.variant
        and stated.cycle is not distinct from variant.table_from.cycle
    left join dim_rating_label as label
        on label.cycle_id = variant.cycle_id
        and fold(stated.label) in (fold(label.code), fold(label.label_en), fold(label.label_zh))
    where variant.table_from is not null
    group by variant.cycle_id, variant.variant
),

parts as (
    select
        variant.cycle_id,
        variant.variant,
        list({
            'part': stated.part,
            'weight': stated.weight,
            'full_score': stated.full_score,
            'cap': coalesce(stated.cap, 'infinity'::double),
            'floor': coalesce(stated.floor, '-infinity'::double)
        } order by stated.part) as parts
    from int_score_variant as variant
    join stg_score_part as stated
        on stated.variant is not distinct from variant.parts_from.variant
        and stated.cycle is not distinct from variant.parts_from.cycle
    group by variant.cycle_id, variant.variant
)

select
    parts.cycle_id,
    parts.variant,
    parts.parts,
    coalesce(stated.labels, scale.labels) as labels
from parts
left join stated
    on stated.cycle_id = parts.cycle_id
    and stated.variant is not distinct from parts.variant
left join scale
    on scale.cycle_id = parts.cycle_id
