-- finding: no unit is its own ancestor
select *
from fct_finding
where finding = 'unit_parents_loop'
