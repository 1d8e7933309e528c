-- One row per day that stands without a cycle in some file: the cycle it belongs to. A declared cycle comes before an
-- inferred one and a short one before a long one. What is done about a cycle after it (is_after) belongs, in the after_cycle_days
-- after a declared cycle's end, to that cycle.
select
    dated.on_date,
    dated.is_after,
    cycle.cycle_id
from (select distinct on_date, is_after from int_dated_row where cycle is null and on_date is not null) as dated
join int_cycle as cycle
    on dated.on_date between cycle.starts_on and cycle.ends_on + case when dated.is_after and not cycle.is_inferred then (select after_cycle_days from dim_setting) else 0 end
qualify row_number() over (
    partition by dated.on_date, dated.is_after
    order by cycle.is_inferred, dated.is_after and cycle.ends_on < dated.on_date desc, cycle.ends_on - cycle.starts_on, cycle.cycle_id
) = 1
