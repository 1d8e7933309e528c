-- One row per thing said or agreed before: the last feedback conversation, the plans of the cycle before and whether their focus is a goal now,
-- and the newest notes from the worklist.
with talk as (
    select *
    from fct_conversation
    where employee_id = $employee_id and conversation_kind = 'feedback' and held_on is not null
    order by held_on desc, natural_key
    limit 1
),
agreed as (
    select 1 as place, 'talk_strengths' as point_key, held_on as on_date, strengths as words, null::varchar as title
    from talk
    where strengths is not null
    union all
    select 2, 'talk_improvements', held_on, improvements, null
    from talk
    where improvements is not null
    union all
    select 3, 'talk_empty', held_on, null, null
    from talk
    where strengths is null and improvements is null
    union all
    select 4, case when is_carried_over then 'focus_carried' when is_carried_over is false then 'focus_dropped' else 'focus_untold' end, null, focus, goal_title
    from fct_carried_over
    where employee_id = $employee_id and cycle_id = $cycle and focus is not null
    union all
    select 5, 'noted', noted_on, note, null
    from fct_work_note
    where employee_id = $employee_id and is_latest and note is not null
    union all
    select 6, 'agreed_untold', null, null, null
    where not exists (select 1 from talk)
)
select
    case when point_key = 'agreed_untold' then 'unknown' else 'agreed' end as section,
    point_key,
    on_date as held_on,
    words as said,
    title
from agreed
qualify row_number() over (partition by place order by on_date desc nulls last, words) <= 2
order by
    place,
    on_date desc nulls last,
    words
