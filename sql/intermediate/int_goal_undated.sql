-- One row per goal whose due date no file states: where fct_goal has its cycle's end.
-- scope: natural_key of goal
select natural_key
from stg_goal
where due_on is null
