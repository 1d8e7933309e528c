-- One row per band of ten points of pace: the goals whose attainment is so far ahead of the time elapsed, or behind it.
with goal as (
    select
        goal.employee_id,
        greatest(-6, least(4, floor(round(goal.pace * 10, 6))::int)) as band
    from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    inner join fct_goal as goal on goal.employee_id = person.employee_id and goal.cycle_id = person.cycle_id
    where
        goal.pace is not null
        and not goal.is_cancelled
),
band as (
    select
        band,
        count(*) as goal_count,
        count(distinct employee_id) as people_count
    from goal
    group by band
),
scale as (
    select unnest(range(min(band), max(band) + 1)) as band
    from band
    having count(*) > 0
)
select
    replace(replace(
        case
            when scale.band = -6 then '< -50'
            when scale.band = 4 then '≥ +40'
            else format('{:+d} … {:+d}', scale.band * 10, scale.band * 10 + 10)
        end, '-', '−'), '+0', '0'
    ) as pace_band,
    case when scale.band = -6 then -99 else scale.band / 10 end as band_from,
    case when scale.band = 4 then 99 else (scale.band + 1) / 10 end as band_to,
    coalesce(band.goal_count, 0) as goal_count,
    round(coalesce(band.goal_count / sum(band.goal_count) over (), 0), 4) as goal_share,
    coalesce(band.people_count, 0) as people_count,
    sum(coalesce(band.goal_count, 0)) over ()::bigint as total_count
from scale
left join band on band.band = scale.band
order by scale.band
