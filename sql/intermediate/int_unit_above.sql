-- One row per unit and unit it belongs to, itself among them. Parents that loop end the walk.
with recursive walk as (
    select
        unit_id,
        unit_id as above_unit_id,
        parent_unit_id as next_id,
        [unit_id] as seen
    from int_unit
    union all
    select
        walk.unit_id,
        parent.unit_id,
        parent.parent_unit_id,
        list_append(walk.seen, parent.unit_id)
    from walk
    join int_unit as parent
        on parent.unit_id = walk.next_id
    where not list_contains(walk.seen, parent.unit_id)
        and len(walk.seen) < 32
)

select unit_id, above_unit_id
from walk
