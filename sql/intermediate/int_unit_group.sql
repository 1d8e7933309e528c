-- One row per unit and group in which its people are counted: the unit, those above it, and the whole company, which has no unit_id. People
-- without a unit are the company's alone.
select unit_id, above_unit_id as group_unit_id
from int_unit_above
union all
select unit_id, null
from int_unit
union all
select null, null
