-- One row per unit: its names from the root down. Parents that loop end the walk where they would come round again.
with recursive walk as (
    select
        unit_id,
        parent_unit_id as next_id,
        unit as unit_path,
        [unit_id] as seen,
        1 as depth
    from int_unit
    union all
    select
        walk.unit_id,
        parent.parent_unit_id,
        parent.unit || '/' || walk.unit_path,
        list_append(walk.seen, parent.unit_id),
        walk.depth + 1
    from walk
    join int_unit as parent
        on parent.unit_id = walk.next_id
    where not list_contains(walk.seen, parent.unit_id)
        and walk.depth < 32
)
select
    unit_id,
    unit_path,
    depth,
    next_id is not null as is_looping
from walk
qualify row_number() over (partition by unit_id order by depth desc) = 1
