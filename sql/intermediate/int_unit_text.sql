-- One row per text that names a unit in any file.
-- scope: added
select distinct trim(unit) as unit_text
from (
    select unit from stg_employee
    union all
    select unit from stg_goal
    union all
    select unit from stg_plan_item
    union all
    select unit from stg_check_in
    union all
    select unit from stg_reading
    union all
    select unit from stg_conversation
    union all
    select unit from stg_appraisal
    union all
    select unit from stg_calibration
    union all
    select unit from stg_improvement_plan
    union all
    select unit from stg_incentive
    union all
    select unit from stg_guideline
)
where trim(unit) != ''
