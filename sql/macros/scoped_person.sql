-- One row per person and cycle the filters leave; an argument that is null leaves everybody.
create or replace macro scoped_person(p_cycle, p_unit, p_job_family, p_location, p_grade, p_manager, p_attributes) as table
select *
from fct_employee_cycle
where
    (p_cycle is null or cycle_id = p_cycle)
    and (
        p_unit is null
        or unit_id = p_unit
        or exists (
            select 1
            from dim_unit as scope
            where
                scope.unit_id = p_unit
                and starts_with(fct_employee_cycle.unit_path, scope.unit_path || '/')
        )
    )
    and (p_job_family is null or job_family = p_job_family)
    and (p_location is null or location = p_location)
    and (p_grade is null or grade = p_grade)
    and (p_manager is null or manager_id = p_manager)
    and (p_attributes is null or json_contains(attributes::json, p_attributes::json))
