-- One row per cycle: its bounds, its kind, and the bits of the earlier cycles that tell what may be reached in it.
select
    cycle.cycle_id,
    cycle.cycle_kind,
    cycle.starts_on,
    cycle.ends_on,
    bit_or(history.place_bit) as history_bits
from dim_cycle as cycle
left join int_cycle_history as history
    on history.cycle_id = cycle.cycle_id
group by cycle.cycle_id, cycle.cycle_kind, cycle.starts_on, cycle.ends_on
