-- finding: the parent of a goal is a goal
select *
from main.fct_finding
where finding = 'parent_goal_unknown'
