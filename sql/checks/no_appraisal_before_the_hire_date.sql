-- finding: nobody is appraised before being hired
select *
from main.fct_finding
where finding = 'rated_before_hired'
