-- error: fct_check_in is one row per check-in
select natural_key
from fct_check_in
group by all
having count(*) > 1
