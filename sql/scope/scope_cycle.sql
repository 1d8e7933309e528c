-- One row per cycle in which the changed rows can change anything, and those after it that look back at it.
with goal as (
    select * from int_goal_stated where is_in_scope('goal', natural_key)
    union all
    select * from lost_goal_stated
),

-- what removed rows were about
lost as (
    select cycle_id from main.fct_check_in where natural_key in (select natural_key from lost_check_in)
    union
    select cycle_id from main.fct_plan_item where natural_key in (select natural_key from lost_plan_item)
    union
    select cycle_id from main.fct_appraisal where natural_key in (select natural_key from lost_appraisal)
    union
    select cycle_id from main.fct_conversation where natural_key in (select natural_key from lost_conversation)
    union
    select cycle_id from main.fct_improvement_plan where natural_key in (select natural_key from lost_improvement_plan)
    union
    select cycle_id from main.fct_incentive where natural_key in (select natural_key from lost_incentive)
),

-- rows that give no id find their goal by its title
title_meant as (
    select fold(goal_title) as folded_title from raw.check_in where goal_id is null and goal_title is not null
    union all
    select fold(goal_title) from raw.plan_item where goal_id is null and goal_title is not null
),

touched as (
    select cycle_id from lost
    union
    select cycle_id from goal
    union
    select cycle_id from int_check_in
    union
    select cycle_id from int_plan_item
    union
    select cycle_id from int_appraisal
    union
    select cycle_id from int_calibration
    union
    select cycle_id from fct_conversation
    union
    select cycle_id from fct_improvement_plan
    union
    select cycle_id from fct_incentive
    union
    -- new cycles are among those in which nobody has been active
    select cycle_id from dim_cycle where cycle_id not in (select cycle_id from main.fct_employee_cycle)
    union
    -- goals that rows may have meant so far, and may mean no longer
    select cycle_id from int_goal_stated where given_goal_id in (select given_goal_id from goal)
    union
    select other.cycle_id
    from goal
    join int_goal_stated as other
        on other.employee_id = goal.employee_id
        and fold(other.title) = fold(goal.title)
    where fold(goal.title) in (select folded_title from title_meant)
    union
    -- rows that had no goal so far
    select cycle_id from main.fct_goal where is_inferred and exists (select 1 from goal)
    union
    select cycle_id
    from main.fct_plan_item
    where goal_id is null
        and exists (select 1 from goal)
        and natural_key in (select natural_key from raw.plan_item where coalesce(goal_id, goal_title) is not null)
    union
    -- goals that name a changed goal as their parent, and those whose chain of parents it altered
    select cycle_id
    from int_goal_stated
    where parent_goal_id in (select given_goal_id from goal union select title from goal union select natural_key from goal)
    union
    select cycle_id
    from int_goal_stated
    where parent_goal_id in (
            select name
            from (
                (from int_goal_parent except from kept.int_goal_parent)
                union all
                (from kept.int_goal_parent except from int_goal_parent)
            )
        )
        and exists (select 1 from goal)
)

select cycle_id
from touched
where cycle_id is not null
union
select cycle_id
from int_cycle_back
where earlier_cycle_id in (select cycle_id from touched)
