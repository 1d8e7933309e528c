-- One row per category as goals write it, case and blanks folded away.
select
    category,
    fold(category) as folded_category
from fct_goal
where fold(category) is not null
group by category
