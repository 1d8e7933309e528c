-- One row per unit in scope: how much more demanding its targets are than elsewhere on the same metrics, with the range over its metrics; the softest first.
with metric as (
    select
        unit_id,
        min(stretch_difference_points) as lower_points,
        max(stretch_difference_points) as upper_points,
        count(*) as metric_count
    from fct_target_difficulty
    where
        cycle_id = $cycle
        and stretch_difference_points is not null
    group by unit_id
)
select
    unit.unit,
    unit.unit_id,
    round(sign.stretch_difference_points, 4) as stretch_difference_points,
    round(metric.lower_points, 4) as lower_points,
    round(metric.upper_points, 4) as upper_points,
    metric.metric_count,
    sign.stretched_count as goal_count,
    sign.person_count as people_count
from fct_target_sign as sign
inner join metric on metric.unit_id = sign.unit_id
inner join unit_within($unit) as unit on unit.unit_id = sign.unit_id
where
    sign.cycle_id = $cycle
    and sign.stretch_difference_points is not null
order by
    sign.stretch_difference_points,
    unit.unit_id
