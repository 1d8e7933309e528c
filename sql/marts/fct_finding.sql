-- One row per data-quality finding about something stored: what the rule is, whose it is and where it stands in the files.
-- scope: cycle_id
select 'rated_before_hired' as finding, 'appraisal' as step, rating.cycle_id, rating.employee_id, null as unit_id, rating.natural_key, rating.import_id, rating.sheet, rating.line, rating.rated_on::varchar as detail
from fct_rating as rating
join (select employee_id, min(hired_on) as hired_on from dim_employee group by employee_id) as person
    on person.employee_id = rating.employee_id
where rating.rated_on < person.hired_on
union all
select 'weights_not_100', 'goals', goal.cycle_id, goal.employee_id, null, goal.last_goal_key, last_goal.import_id, last_goal.sheet, last_goal.line, round(goal.weight_sum, 4)::varchar
from int_employee_goal as goal
left join fct_goal as last_goal
    on last_goal.natural_key = goal.last_goal_key
where is_cycle_in_scope(goal.cycle_id)
    and goal.live_goal_count > 0
    and not goal.is_weight_complete
union all
select 'target_is_baseline', 'goals', cycle_id, employee_id, unit_id, natural_key, import_id, sheet, line, target::varchar
from fct_goal
where target = baseline
    and direction in ('increase', 'decrease')
union all
select 'parent_goal_unknown', 'goals', goal.cycle_id, goal.employee_id, goal.unit_id, goal.natural_key, goal.import_id, goal.sheet, goal.line, goal.parent_goal_id
from fct_goal as goal
where goal.parent_goal_id is not null
    and goal.parent_goal_id not in (select name from int_goal_parent)
union all
select 'goal_parents_loop', 'goals', goal.cycle_id, goal.employee_id, goal.unit_id, goal.natural_key, goal.import_id, goal.sheet, goal.line, goal.parent_goal_id
from fct_goal as goal
where goal.natural_key in (select natural_key from int_goal_parent where is_looping)
union all
select 'goal_only_in_check_ins', 'goals', cycle_id, employee_id, unit_id, natural_key, import_id, sheet, line, title
from fct_goal
where is_inferred
union all
select 'person_ambiguous', null, null, null, null, person_key, null, null, null, concat_ws(', ', employee_name, unit_text)
from int_person_ref
where found_by = 'ambiguous'
union all
select 'person_not_on_roster', null, null, employee_id, unit_id, null, null, null, null, employee_name
from dim_employee
where is_provisional
union all
select 'unit_parents_loop', null, null, null, unit.unit_id, unit.natural_key, unit.import_id, unit.sheet, unit.line, path.unit_path
from int_unit_path as path
join int_unit as unit
    using (unit_id)
where path.is_looping
union all
select 'rating_not_on_scale', 'appraisal', cycle_id, employee_id, null, natural_key, import_id, sheet, line, coalesce(label, score::varchar)
from fct_appraisal
where value_share is null
    and item is null
