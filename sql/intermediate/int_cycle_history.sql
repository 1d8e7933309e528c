-- One row per cycle and earlier closed cycle of its kind, as many as the setting says, back from it: what was reached there tells what may
-- be reached now. place numbers the cycles of a kind; a place above 126 has no bit and tells nothing of single persons.
with recursive placed as (
    select
        cycle_id,
        cycle_kind,
        previous_cycle_id,
        is_closed,
        row_number() over (partition by cycle_kind order by starts_on, ends_on, cycle_id) as place
    from dim_cycle
),

earlier as (
    select cycle_id, previous_cycle_id as earlier_cycle_id, 1 as distance
    from placed
    where previous_cycle_id is not null
    union all
    select earlier.cycle_id, placed.previous_cycle_id, earlier.distance + 1
    from earlier
    join placed
        on placed.cycle_id = earlier.earlier_cycle_id
    where placed.previous_cycle_id is not null
        and earlier.distance < (select smart_history_cycles from dim_setting)
)

select
    earlier.cycle_id,
    earlier.earlier_cycle_id,
    earlier.distance,
    placed.cycle_kind,
    case when placed.place <= 126 then 1::hugeint << (placed.place - 1)::integer else 0 end as place_bit
from earlier
join placed
    on placed.cycle_id = earlier.earlier_cycle_id
    and placed.is_closed
