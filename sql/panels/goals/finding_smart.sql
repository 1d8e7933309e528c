-- One row: the SMART rule that most goals miss altogether.
select
    'smart_' || reason as finding_key,
    goal_count,
    people_count,
    round(goal_count / criterion_count, 4) as goal_share,
    'smart_' || reason as drill_sign
from (
    select
        *,
        sum(goal_count) over (partition by criterion) as criterion_count
    from smart_rule($cycle, $unit, $job_family, $location, $grade, $manager, $attributes)
)
where points = 0
order by
    goal_count desc,
    reason
limit 1
