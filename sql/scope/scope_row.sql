-- One row per unchanged row that the models of the cycles in scope must see again: what several rows decide together.
select 'appraisal' as kind, natural_key
from main.fct_appraisal
where is_cycle_in_scope(cycle_id)
union all
select 'plan_item', natural_key
from main.fct_plan_item
where is_cycle_in_scope(cycle_id)
union all
-- goals are read from their raw rows
select 'goal', natural_key
from kept.int_goal_stated
where is_cycle_in_scope(cycle_id)
union all
-- a goal known from check-ins only is made of all of them; other goals, of those that new goals leave to them
select 'check_in', natural_key
from main.fct_check_in
where is_cycle_in_scope(cycle_id)
    and (starts_with(goal_id, 'inferred|') or exists (select 1 from scope_row where kind = 'goal'))
union all
select 'calibration', natural_key
from raw.calibration
union all
select 'reading', natural_key
from raw.reading
where exists (select 1 from scope_row where kind = 'reading')
