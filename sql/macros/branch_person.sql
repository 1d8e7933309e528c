-- One row per person in scope and unit directly below the chosen one (or the top), with everybody further down; and those of the chosen unit itself.
create or replace macro branch_person(p_cycle, p_unit, p_job_family, p_location, p_grade, p_manager, p_attributes) as table
with root as (
    select coalesce(p_unit, case when count(*) = 1 then max(unit_id) end) as unit_id
    from dim_unit
    where parent_unit_id is null
),
branch as (
    select
        unit.unit_id,
        unit.unit,
        unit.unit_path,
        unit.unit_id = root.unit_id as is_root
    from dim_unit as unit
    cross join root
    where
        unit.unit_id = root.unit_id
        or unit.parent_unit_id is not distinct from root.unit_id
)
select
    branch.unit_id as branch_unit_id,
    branch.unit as branch_unit,
    person.*
from scoped_person(p_cycle, p_unit, p_job_family, p_location, p_grade, p_manager, p_attributes) as person
inner join branch on
    person.unit_id = branch.unit_id
    or (not branch.is_root and starts_with(person.unit_path, branch.unit_path || '/'))
