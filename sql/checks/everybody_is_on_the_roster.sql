-- finding: everybody mentioned is on an employee file
select *
from main.fct_finding
where finding = 'person_not_on_roster'
