-- finding: a person named without an id is one person only
select *
from fct_finding
where finding = 'person_ambiguous'
