-- One row per way in which a check-in or plan item means a goal.
select distinct mention_key, given_goal_id, folded_title, employee_id, unit_id, stated_cycle_id, cycle_id
from int_check_in_owned
where given_goal_id is not null or folded_title is not null
union
select distinct
    goal_mention_key(
        item.goal_id, fold(item.goal_title), coalesce(item.employee_id, person.employee_id),
        unit.unit_id, item.cycle, coalesce(item.cycle, dated.cycle_id)
    ),
    item.goal_id,
    fold(item.goal_title),
    coalesce(item.employee_id, person.employee_id),
    unit.unit_id,
    item.cycle,
    coalesce(item.cycle, dated.cycle_id)
from stg_plan_item as item
left join int_person_ref as person
    on person.person_key = item.person_key
left join int_unit_ref as unit
    on unit.unit_text = trim(item.unit)
left join int_cycle_of_date as dated
    on dated.on_date = item.due_on
    and not dated.is_after
    and item.cycle is null
where coalesce(item.goal_id, item.goal_title) is not null
