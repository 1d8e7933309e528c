-- One row per cycle, unit and category in which the unit has a goal of its own.
select distinct
    cycle_id,
    unit_id,
    fold(category) as folded_category
from fct_goal
where owner_kind = 'unit'
    and not is_cancelled
    and unit_id is not null
    and fold(category) is not null
