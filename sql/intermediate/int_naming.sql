-- One row per wording by which the files other than the employees' mean a person who gives no id or whom no employee file knows,
-- with the import that used it last.
-- scope: added
select
    max(import_id) as import_id,
    person_key,
    employee_id,
    employee_name,
    employee_email,
    unit
from (
    select import_id, person_key, employee_id, employee_name, employee_email, unit from stg_goal
    union all
    select import_id, person_key, employee_id, employee_name, employee_email, unit from stg_plan_item
    union all
    select import_id, person_key, employee_id, employee_name, employee_email, unit from stg_check_in
    union all
    select import_id, person_key, employee_id, employee_name, employee_email, unit from stg_reading
    union all
    select import_id, person_key, employee_id, employee_name, employee_email, unit from stg_conversation
    union all
    select import_id, person_key, employee_id, employee_name, employee_email, unit from stg_appraisal
    union all
    select import_id, person_key, employee_id, employee_name, employee_email, unit from stg_calibration
    union all
    select import_id, person_key, employee_id, employee_name, employee_email, unit from stg_improvement_plan
    union all
    select import_id, person_key, employee_id, employee_name, employee_email, unit from stg_incentive
)
where person_key is not null
    or employee_id not in (select employee_id from int_roster)
group by all
