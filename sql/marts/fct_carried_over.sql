-- One row per improvement plan and the cycle after the one that called for it: whether its focus came back as a goal of the person there. It did
-- where a goal's title or metric holds the focus as written, or enough of its words (see focus_words); the goal with most of them is named.
-- What stands in other words is not found, and a common word may be: it is a hint, not a proof.
-- scope: cycle_id
with compared as (
    select
        focus.cycle_id,
        focus.natural_key,
        goal.natural_key as goal_key,
        goal.title as goal_title,
        case
            when contains(' ' || lower(concat_ws(' ', goal.title, goal.metric)), ' ' || focus.folded_focus) then 1
            when regexp_matches(focus.folded_focus, '\p{Han}') and contains(concat_ws(' ', goal.title, goal.metric), focus.focus) then 1
            when len(focus.words) > 0 then
                len(list_filter(
                    focus.words,
                    lambda word: contains(' ' || lower(translate(concat_ws(' ', goal.title, goal.metric), '-/,.;:()&"', '          ')), word)
                )) / len(focus.words)
            else 0
        end as matched_share
    from fct_goal as goal
    join int_focus as focus
        on focus.employee_id = goal.employee_id
        and focus.cycle_id = goal.cycle_id
    where not goal.is_cancelled
        and focus.folded_focus != ''
),

best as (
    select
        cycle_id,
        natural_key,
        max(matched_share) as matched_share,
        arg_min(goal_key, row(-matched_share, goal_key)) as goal_key,
        arg_min(goal_title, row(-matched_share, goal_key)) as goal_title
    from compared
    group by cycle_id, natural_key
)

select
    focus.cycle_id,
    focus.from_cycle_id,
    focus.employee_id,
    focus.plan_id,
    focus.focus,
    best.matched_share,
    best.matched_share >= setting.carried_over_from - 1e-9 as is_carried_over,
    case
        when coalesce(focus.folded_focus, '') = '' then 'no_definition'
        when best.natural_key is null then 'no_evidence'
    end as is_carried_over_reason,
    case when best.matched_share >= setting.carried_over_from - 1e-9 then best.goal_key end as goal_key,
    case when best.matched_share >= setting.carried_over_from - 1e-9 then best.goal_title end as goal_title,
    focus.natural_key
from int_focus as focus
cross join dim_setting as setting
left join best
    on best.cycle_id = focus.cycle_id
    and best.natural_key = focus.natural_key
