-- finding: a goal's target differs from its baseline
select *
from main.fct_finding
where finding = 'target_is_baseline'
