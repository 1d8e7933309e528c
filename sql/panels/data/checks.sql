-- One row per rule that was checked after the last build, broken ones first; the words say the rule.
select
    check_name,
    severity,
    offender_count
from check_result
order by
    offender_count desc,
    check_name
