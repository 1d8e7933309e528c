-- One row per cycle and job family, and per metric of it (metric_key; null: all goals): how often its people reached their targets in the
-- earlier cycles that count, where there are enough goals to say.
select
    history.cycle_id,
    family.job_family,
    family.metric_key,
    sum(family.measured_count)::bigint as measured_count,
    chance_of_reaching(sum(family.reached_count), sum(family.measured_count)) as chance
from int_cycle_history as history
join int_family_goal as family
    on family.cycle_id = history.earlier_cycle_id
cross join dim_setting as setting
where is_cycle_in_scope(history.cycle_id)
group by grouping sets ((history.cycle_id, family.job_family, family.metric_key), (history.cycle_id, family.job_family))
having sum(family.measured_count) >= any_value(setting.peer_min_count)
    and (grouping(family.metric_key) = 1 or family.metric_key is not null)
