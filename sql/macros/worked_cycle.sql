-- One row per cycle that a worklist is about: the one asked for and, while that runs, the closed one before it, whose ratings, feedback and
-- plans are the work of these weeks.
create or replace macro worked_cycle(p_cycle) as table
select
    cycle.cycle_id,
    cycle.ends_on,
    cycle.is_closed,
    cycle.cycle_id = p_cycle as is_asked
from dim_cycle as cycle
left join dim_cycle as asked on asked.cycle_id = p_cycle
where
    cycle.cycle_id = p_cycle
    or (cycle.cycle_id = asked.previous_cycle_id and not asked.is_closed and cycle.is_closed)
