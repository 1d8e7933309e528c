-- One row per way in which a file means a person without giving an id. Owners may be people no employee file knows.
select distinct
    person_key,
    fold(employee_email) as folded_email,
    fold(employee_name) as folded_name,
    trim(employee_name) as employee_name,
    trim(unit) as unit_text
from int_naming
where person_key is not null
qualify row_number() over (partition by person_key order by employee_name) = 1
