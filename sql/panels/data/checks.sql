-- One row per rule that was checked after the last build, broken ones first.
select
    check_name,
    severity,
    rule,
    offender_count
from check_result
order by
    offender_count desc,
    check_name
