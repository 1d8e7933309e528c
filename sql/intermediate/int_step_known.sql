-- One row per begun cycle and step of the loop of which some file says something in the cycle: where none does, nobody can be said to have
-- missed it.
select cycle_id, 'goals' as step from fct_employee_cycle where goal_count > 0 group by cycle_id
union all
select cycle_id, 'plan' from fct_plan_item where cycle_id is not null group by cycle_id
union all
select cycle_id, 'monitoring' from fct_employee_cycle where check_in_count > 0 group by cycle_id
union all
select cycle_id, 'appraisal' from (select cycle_id from fct_appraisal union select cycle_id from fct_rating) where cycle_id is not null
union all
select cycle_id, 'feedback' from fct_conversation where conversation_kind = 'feedback' and cycle_id is not null group by cycle_id
union all
select cycle_id, 'improvement'
from (select cycle_id from fct_improvement_plan union select cycle_id from fct_incentive)
where cycle_id is not null
