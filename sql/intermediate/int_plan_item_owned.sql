-- One row per plan item, its owner and cycle found, its goal not yet. It is done by as_of, or not done yet; a done item without a
-- date counts as done in time, for lateness could not be shown.
-- view: nearly all find their goal at once.
select
    item.natural_key,
    coalesce(item.plan_item_id, item.natural_key) as plan_item_key,
    item.goal_id as given_goal_id,
    fold(item.goal_title) as folded_title,
    coalesce(item.employee_id, person.employee_id) as employee_id,
    unit.unit_id,
    item.cycle as stated_cycle_id,
    coalesce(item.cycle, dated.cycle_id) as cycle_id,
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
    on dated.on_date = case when item.cycle is null then item.due_on end
    and not dated.is_after
