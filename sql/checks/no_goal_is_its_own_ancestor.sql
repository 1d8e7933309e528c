-- finding: no goal is its own ancestor
select *
from main.fct_finding
where finding = 'goal_parents_loop'
