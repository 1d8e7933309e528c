-- error: fct_check_in is one row per check-in
select natural_key
from main.fct_check_in
where is_in_scope('check_in', natural_key)
group by all
having count(*) > 1
