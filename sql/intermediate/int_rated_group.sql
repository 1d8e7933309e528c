-- One row per unit and group that its people are counted in: itself, every unit above, and the company, whose name here is empty. People without a
-- unit, whose unit is empty here, are the company's alone. Large tables are grouped by group_no.
with part as (
    select
        above.unit_id,
        above.above_unit_id as group_id,
        path.depth
    from int_unit_above as above
    join int_unit_path as path
        on path.unit_id = above.above_unit_id
    union all
    select unit_id, '' as group_id, 0 as depth
    from int_unit
    union all
    select '' as unit_id, '' as group_id, 0 as depth
)

select
    unit_id,
    group_id,
    depth,
    dense_rank() over (order by group_id)::integer as group_no
from part
