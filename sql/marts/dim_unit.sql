-- One row per unit of the organisation.
-- scope: everything
select
    unit.unit_id,
    unit.unit,
    path.unit_path,
    unit.parent_unit_id,
    path.depth,
    unit.unit_type,
    unit.head_id,
    unit.natural_key,
    unit.import_id,
    unit.sheet,
    unit.line
from int_unit as unit
join int_unit_path as path
    using (unit_id)
