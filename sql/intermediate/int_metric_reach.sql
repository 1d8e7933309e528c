-- One row per employee and metric in the history of a kind of cycle, as one number: in which closed cycles before those in scope there was
-- an attainment, and in which a goal on the metric missed its target; a bit for each cycle, so that every goal finds its own history by
-- one comparison.
with needed as (
    select distinct earlier_cycle_id, cycle_kind, place_bit
    from int_cycle_history
    where is_cycle_in_scope(cycle_id)
)

select
    hash(goal.employee_id, metric.metric_key, needed.cycle_kind) as reach_key,
    bit_or(needed.place_bit) as seen_bits,
    bit_or(case when goal.attainment_raw < 1 then needed.place_bit else 0 end) as missed_bits
from main.fct_goal as goal
join needed
    on needed.earlier_cycle_id = goal.cycle_id
join int_metric as metric
    on metric.metric = goal.metric
where goal.owner_kind = 'employee'
    and goal.employee_id is not null
    and not goal.is_cancelled
    and goal.attainment_raw is not null
group by reach_key
