-- finding: no unit is its own ancestor
select *
from main.fct_finding
where finding = 'unit_parents_loop'
