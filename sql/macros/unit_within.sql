-- One row per unit that is the one given or below it; without one, every unit.
create or replace macro unit_within(p_unit) as table
select *
from dim_unit
where
    p_unit is null
    or unit_id = p_unit
    or exists (
        select 1
        from dim_unit as scope
        where
            scope.unit_id = p_unit
            and starts_with(dim_unit.unit_path, scope.unit_path || '/')
    )
