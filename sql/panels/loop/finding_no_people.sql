-- One row: how many goals the cycle has, where nobody is on file whom the pages could tell of.
select
    'no_people' as finding_key,
    count(*) as goal_count
from fct_goal
where
    cycle_id = $cycle
    and not exists (select 1 from fct_employee_cycle where cycle_id = $cycle)
having count(*) > 0
