-- One row per person whom files mention and no employee file knows.
with mention as (
    select employee_id, employee_name, unit from stg_goal
    union all
    select employee_id, employee_name, unit from stg_check_in
    union all
    select employee_id, employee_name, unit from stg_reading
    union all
    select employee_id, employee_name, unit from stg_appraisal
    union all
    select employee_id, employee_name, unit from stg_calibration
    union all
    select employee_id, employee_name, unit from stg_conversation
    union all
    select employee_id, employee_name, unit from stg_improvement_plan
    union all
    select employee_id, employee_name, unit from stg_incentive
    union all
    select employee_id, employee_name, unit from stg_plan_item
    union all
    select employee_id, employee_name, unit_text from int_person_ref where found_by = 'provisional'
)

select
    employee_id,
    max(employee_name) as employee_name,
    mode(trim(unit)) as unit_text
from mention
where employee_id is not null
    and employee_id not in (select employee_id from int_roster)
group by employee_id
