-- One row per build, the oldest of the last sixty first: the share of imported rows that were refused or odd, by step.
with build as (
    select
        build_id,
        built_at
    from raw.build
    order by build_id desc
    limit 60
)
select
    '#' || build.build_id as build,
    build.built_at,
    round(1 - max(history.clean_share) filter (history.step = 'people'), 4) as people_doubtful_share,
    round(1 - max(history.clean_share) filter (history.step = 'goals'), 4) as goals_doubtful_share,
    round(1 - max(history.clean_share) filter (history.step = 'plan'), 4) as plan_doubtful_share,
    round(1 - max(history.clean_share) filter (history.step = 'monitoring'), 4) as monitoring_doubtful_share,
    round(1 - max(history.clean_share) filter (history.step = 'appraisal'), 4) as appraisal_doubtful_share,
    round(1 - max(history.clean_share) filter (history.step = 'feedback'), 4) as feedback_doubtful_share,
    round(1 - max(history.clean_share) filter (history.step = 'improvement'), 4) as improvement_doubtful_share
from build
inner join raw.quality_history as history on history.build_id = build.build_id
group by
    build.build_id,
    build.built_at
order by build.build_id
