-- One row per cycle, unit and category, as goals write it, in which the unit has a goal of its own.
with own as (
    select distinct
        cycle_id,
        unit_id,
        fold(category) as folded_category
    from fct_goal
    where owner_kind = 'unit'
        and not is_cancelled
        and unit_id is not null
        and fold(category) is not null
)

select
    own.cycle_id,
    own.unit_id,
    category.category
from own
join int_category as category
    on category.folded_category = own.folded_category
