-- finding: a person named without an id is one person only
select *
from main.fct_finding
where finding = 'person_ambiguous'
