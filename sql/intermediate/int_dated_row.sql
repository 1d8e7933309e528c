-- One row per label and day under which any file puts something: what cycles are inferred from. What is said to be done after as_of is
-- none of it; goals, plan items and improvement plans may lie ahead.
-- is_after: the thing is done after a cycle about that cycle (an appraisal, its feedback, its consequences).
-- scope: added
with done as (
    select cycle, checked_on as on_date, false as is_after from stg_check_in
    union all
    select cycle, held_on, conversation_kind is not distinct from 'feedback' from stg_conversation
    union all
    select cycle, appraised_on, true from stg_appraisal
    union all
    select cycle, calibrated_on, true from stg_calibration
    union all
    select cycle, awarded_on, true from stg_incentive
)

select distinct cycle, on_date, is_after
from (
    select done.*
    from done
    cross join dim_setting as setting
    where done.on_date <= setting.as_of
        or done.on_date is null
    union all
    select cycle, coalesce(due_on, starts_on), false from stg_goal
    union all
    select cycle, due_on, false from stg_plan_item
    union all
    select cycle, starts_on, true from stg_improvement_plan
)
