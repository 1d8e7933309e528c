-- One row per label and day under which any file puts something: what cycles are inferred from.
-- is_after: the thing is done after a cycle about that cycle (an appraisal, its feedback, its consequences).
-- scope: added
select distinct cycle, on_date, is_after
from (
    select cycle, coalesce(due_on, starts_on) as on_date, false as is_after from stg_goal
    union all
    select cycle, due_on, false from stg_plan_item
    union all
    select cycle, checked_on, false from stg_check_in
    union all
    select cycle, held_on, conversation_kind is not distinct from 'feedback' from stg_conversation
    union all
    select cycle, appraised_on, true from stg_appraisal
    union all
    select cycle, calibrated_on, true from stg_calibration
    union all
    select cycle, starts_on, true from stg_improvement_plan
    union all
    select cycle, awarded_on, true from stg_incentive
)
