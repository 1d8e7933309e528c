-- One row per unchanged row that meant a goal which a removed row stated: it finds its goal anew.
with goal as (
    select natural_key as goal_id from lost_goal_stated
    union
    select given_goal_id from lost_goal_stated where given_goal_id is not null
)

select 'check_in' as kind, natural_key
from main.fct_check_in
where goal_id in (select goal_id from goal)
union all
select 'plan_item', natural_key
from main.fct_plan_item
where goal_no in (select goal_no from lost_goal_stated)
    or goal_id in (select goal_id from goal)
