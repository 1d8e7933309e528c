-- One row per tenth of the chance of reaching its target: the running goals with such a chance, and those of which none can be told.
with goal as (
    select
        goal.employee_id,
        case when goal.chance_share is not null then least(9, floor(goal.chance_share * 10)::int) end as band,
        goal.chance_share_reason
    from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    inner join fct_goal_forecast as goal on goal.employee_id = person.employee_id and goal.cycle_id = person.cycle_id
),
counted as (
    select
        band,
        chance_share_reason,
        count(*) as goal_count,
        count(distinct employee_id) as people_count
    from goal
    group by
        band,
        chance_share_reason
),
scale as (
    select
        tenth.band,
        null as chance_share_reason
    from range(10) as tenth(band)
    where exists (select 1 from counted where band is not null)
    union all
    select
        null,
        chance_share_reason
    from counted
    where band is null
)
select
    case when scale.band is not null then (scale.band * 10) || '–' || (scale.band * 10 + 10) || ' %' else 'unknown' end as chance_band,
    scale.band / 10 as band_from,
    case when scale.band = 9 then 2 else (scale.band + 1) / 10 end as band_to,
    coalesce(counted.goal_count, 0) as goal_count,
    round(coalesce(counted.goal_count, 0) / sum(counted.goal_count) over (), 4) as goal_share,
    coalesce(counted.people_count, 0) as people_count,
    scale.chance_share_reason as reason_key,
    sum(coalesce(counted.goal_count, 0)) over ()::bigint as total_count
from scale
left join counted
    on counted.band is not distinct from scale.band
    and counted.chance_share_reason is not distinct from scale.chance_share_reason
order by
    scale.band nulls last,
    scale.chance_share_reason
