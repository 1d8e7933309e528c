-- One row per way in which a file means a person without giving an id. Owners may be people no employee file knows.
select distinct
    person_key,
    fold(employee_email) as folded_email,
    fold(employee_name) as folded_name,
    trim(employee_name) as employee_name,
    trim(unit) as unit_text
from (
    select person_key, employee_email, employee_name, unit from stg_goal
    union all
    select person_key, employee_email, employee_name, unit from stg_plan_item
    union all
    select person_key, employee_email, employee_name, unit from stg_check_in
    union all
    select person_key, employee_email, employee_name, unit from stg_reading
    union all
    select person_key, employee_email, employee_name, unit from stg_conversation
    union all
    select person_key, employee_email, employee_name, unit from stg_appraisal
    union all
    select person_key, employee_email, employee_name, unit from stg_calibration
    union all
    select person_key, employee_email, employee_name, unit from stg_improvement_plan
    union all
    select person_key, employee_email, employee_name, unit from stg_incentive
)
where person_key is not null
qualify row_number() over (partition by person_key order by employee_name) = 1
