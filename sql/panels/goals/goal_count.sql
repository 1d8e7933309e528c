-- One row per number of live goals, from none to ten and more: the people who have as many.
with counted as (
    select
        least(live_goal_count, 10) as goal_number,
        count(*) as people_count
    from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes)
    group by least(live_goal_count, 10)
),
scale as (
    select unnest(range(0, max(goal_number) + 1)) as goal_number
    from counted
    having count(*) > 0
)
select
    case when scale.goal_number = 10 then '10+' else scale.goal_number::varchar end as goal_number,
    scale.goal_number as band_from,
    case when scale.goal_number = 10 then 9999 else scale.goal_number + 1 end as band_to,
    coalesce(counted.people_count, 0) as people_count,
    round(coalesce(counted.people_count, 0) / sum(counted.people_count) over (), 4) as people_share,
    sum(counted.people_count) over ()::bigint as total_count
from scale
left join counted on counted.goal_number = scale.goal_number
order by scale.goal_number
