-- One row per plan item with its goal. It is done by as_of, or not done yet; a done item without a date counts as done
-- in time, for lateness could not be shown.
select
    item.natural_key,
    coalesce(item.plan_item_id, item.natural_key) as plan_item_key,
    ref.natural_key as goal_key,
    coalesce(goal.cycle_id, item.cycle, dated.cycle_id) as cycle_id,
    coalesce(item.employee_id, person.employee_id, goal.employee_id) as employee_id,
    coalesce(unit.unit_id, goal.unit_id) as unit_id,
    item.title,
    item.weight,
    item.starts_on,
    item.due_on,
    case when item.done_on <= setting.as_of then item.done_on end as done_on,
    case
        when item.done_on is not null then item.done_on <= setting.as_of
        else coalesce(item.is_done, item.status = 'done', item.progress >= 1, false)
    end as is_done,
    item.import_id,
    item.sheet,
    item.line
from stg_plan_item as item
cross join dim_setting as setting
left join int_person_ref as person
    on person.person_key = item.person_key
left join int_unit_ref as unit
    on unit.unit_text = trim(item.unit)
left join int_cycle_of_date as dated
    on dated.on_date = item.due_on
    and not dated.is_after
    and item.cycle is null
left join int_goal_ref as ref
    on ref.mention_key = goal_mention_key(
        item.goal_id, fold(item.goal_title), coalesce(item.employee_id, person.employee_id),
        unit.unit_id, item.cycle, coalesce(item.cycle, dated.cycle_id)
    )
left join int_goal_stated as goal
    on goal.natural_key = ref.natural_key
