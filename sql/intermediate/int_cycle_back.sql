-- One row per cycle and earlier cycle of its kind at which its figures look back: one at least, as many as the
-- settings of chances and trends say.
with recursive earlier as (
    select cycle_id, previous_cycle_id as earlier_cycle_id, 1 as distance
    from dim_cycle
    where previous_cycle_id is not null
    union all
    select earlier.cycle_id, cycle.previous_cycle_id, earlier.distance + 1
    from earlier
    join dim_cycle as cycle
        on cycle.cycle_id = earlier.earlier_cycle_id
    where cycle.previous_cycle_id is not null
        and earlier.distance < (select greatest(smart_history_cycles, trend_cycles - 1) from dim_setting)
)

select
    cycle_id,
    earlier_cycle_id,
    distance
from earlier
