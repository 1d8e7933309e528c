-- finding: the weights of a person's goals add up to 100 %
select *
from fct_finding
where finding = 'weights_not_100'
