-- One row per check-in up to as_of. goal_id is the goal's in fct_goal; goal_no is a short key of it for joins.
-- joins as written
-- scope: natural_key of check_in
select *
from int_check_in
