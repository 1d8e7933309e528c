-- One row per SMART criterion and rule that keeps goals from meeting it fully, the most frequent first.
select
    reason as smart_rule,
    criterion,
    goal_count,
    round(goal_count / criterion_count, 4) as goal_share,
    points,
    people_count,
    'smart_' || reason as drill_sign,
    scored_people_count as total_count
from (
    select
        *,
        sum(goal_count) over (partition by criterion) as criterion_count
    from smart_rule($cycle, $unit, $job_family, $location, $grade, $manager, $attributes)
)
where points < 1
order by
    points,
    goal_count desc,
    criterion,
    reason
