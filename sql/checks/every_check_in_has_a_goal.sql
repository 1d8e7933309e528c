-- finding: a check-in is on a goal that a goal file states
select *
from main.fct_finding
where finding = 'goal_only_in_check_ins'
