-- One row per cycle, the newest first.
select
    cycle_id,
    cycle_name,
    cycle_kind,
    starts_on,
    ends_on,
    previous_cycle_id,
    is_closed,
    is_inferred,
    starts_on <= $as_of::date as is_begun
from dim_cycle
order by
    starts_on desc nulls last,
    ends_on desc,
    cycle_id
