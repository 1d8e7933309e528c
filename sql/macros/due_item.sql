-- One row per plan item of a cycle that is due by the date of the build, but for those of cancelled goals. One done on an unknown day counts as
-- on time, for late could not be shown.
create or replace macro due_item(p_cycle) as table
select
    item.*,
    item.is_done and coalesce(item.done_on <= item.due_on, true) as is_punctual
from live_plan_item(p_cycle) as item
where item.due_on <= (select as_of from dim_setting)
