-- One row per active employee and cycle that has begun, with the attributes of the cycle's last day (or as_of). Active: employed
-- on that day by the hire and leave dates, or a file has a goal, check-in or appraisal of them in the cycle. Without a hire date
-- only the latter, unless no employee has one: then everybody in every cycle.
-- joins as written
with begun as (
    select cycle.*, least(cycle.ends_on, setting.as_of) as seen_on
    from dim_cycle as cycle
    cross join dim_setting as setting
    where cycle.starts_on <= setting.as_of
        and is_cycle_in_scope(cycle.cycle_id)
),

employed as (
    select distinct state.employee_id, begun.cycle_id
    from int_employee_state as state
    join begun
        on (state.hired_on <= begun.seen_on or (state.hired_on is null and not exists (select 1 from int_employee_state where hired_on is not null)))
        and (state.last_left_on is null or state.last_left_on > begun.seen_on)
    where state.employment_status is distinct from 'left'
        or state.last_left_on is not null
),

active as (
    select employee_id, cycle_id from employed
    union
    select employee_id, cycle_id from int_activity
)

select
    person.employee_id,
    coalesce(person.employee_name, person.employee_id) as employee_name,
    begun.cycle_id,
    person.unit_id,
    person.unit,
    person.unit_path,
    person.job_family,
    person.grade,
    person.location,
    person.position,
    person.manager_id,
    person.manager_name,
    person.attributes,
    person.gender,
    person.hired_on,
    person.employment_status,
    person.is_provisional,
    begun.seen_on,
    begun.previous_cycle_id
from active
join begun
    on begun.cycle_id = active.cycle_id
join dim_employee as person
    on person.employee_id = active.employee_id
where person.valid_from is null
    or person.valid_from <= begun.seen_on
qualify row_number() over (
    partition by active.employee_id, active.cycle_id
    order by person.valid_from desc nulls last
) = 1
