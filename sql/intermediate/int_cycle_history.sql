-- One row per cycle and earlier closed cycle of its kind, as far back as the setting says: what was reached there tells what may be reached
-- now. place_bit numbers the cycles of a kind; the 127th and later have no bit and tell nothing of single persons.
with placed as (
    select
        cycle_id,
        cycle_kind,
        is_closed,
        row_number() over (partition by cycle_kind order by cycle_order)::integer as place
    from dim_cycle
)

select
    back.cycle_id,
    back.earlier_cycle_id,
    back.distance,
    placed.cycle_kind,
    case when placed.place <= 126 then 1::hugeint << (placed.place - 1) else 0 end as place_bit
from int_cycle_back as back
join placed
    on placed.cycle_id = back.earlier_cycle_id
where placed.is_closed
    and back.distance <= (select smart_history_cycles from dim_setting)
