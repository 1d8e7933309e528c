-- One row: how many rules the stored rows break, and the rule that most of them break.
select
    'data_broken' as finding_key,
    count(*) as check_count,
    arg_max(check_name, offender_count) as check_name,
    max(offender_count) as offender_count
from check_result
where offender_count > 0
having count(*) > 0
