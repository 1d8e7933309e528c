-- One row per name that a goal gives as its parent's: whether a goal that has it in any cycle is aligned.
select name, bool_or(is_aligned) as is_aligned
from int_goal_parent
group by name
