-- One row per employee and validity: the attributes from valid_from (null: from the beginning) until before valid_to.
-- scope: everything
select
    state.employee_id,
    state.employee_name,
    state.email,
    unit.unit_id,
    unit.unit,
    path.unit_path,
    state.position,
    state.job_family,
    state.grade,
    state.location,
    manager.manager_id,
    manager.manager_name,
    state.employment_status,
    state.hired_on,
    state.left_on,
    state.gender,
    state.birth_on,
    state.base_pay_amount,
    state.attributes,
    case when state.is_later then state.effective_on end as valid_from,
    state.next_on as valid_to,
    coalesce(case when state.is_later then state.effective_on end, date '0001-01-01') <= setting.as_of
        and coalesce(state.next_on > setting.as_of, true) as is_current,
    false as is_provisional,
    state.natural_key,
    state.import_id,
    state.sheet,
    state.line
from int_employee_state as state
cross join dim_setting as setting
left join int_unit_ref as ref
    on ref.unit_text = state.unit_text
left join int_unit as unit
    on unit.unit_id = ref.unit_id
left join int_unit_path as path
    on path.unit_id = ref.unit_id
left join int_manager_ref as manager
    on manager.given_id is not distinct from state.manager_id
    and manager.given_name is not distinct from state.manager_name
    and manager.given_email is not distinct from state.manager_email
union all by name
select
    person.employee_id,
    coalesce(person.employee_name, person.employee_id) as employee_name,
    ref.unit_id,
    unit.unit,
    path.unit_path,
    true as is_current,
    true as is_provisional
from int_provisional_employee as person
left join int_unit_ref as ref
    on ref.unit_text = person.unit_text
left join int_unit as unit
    on unit.unit_id = ref.unit_id
left join int_unit_path as path
    on path.unit_id = ref.unit_id
