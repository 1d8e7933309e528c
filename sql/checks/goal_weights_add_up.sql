-- finding: the weights of a person's goals add up to 100 %
select *
from main.fct_finding
where finding = 'weights_not_100'
