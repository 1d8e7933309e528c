-- One row per unit of a cycle and sign that targets are soft or steered, where it shows more often than in all other units together by more
-- than chance, as many units and signs as were looked at. Units with too few people are in neither figure. Chance is judged by people, not
-- goals: one person's goals go together.
create or replace macro target_sign(p_cycle) as table
with sign as (
    select unit_id, 'soft_target' as gaming_sign, soft_target_share as share, compared_count as goal_count, compared_person_count as people_count
    from fct_target_sign
    where cycle_id = p_cycle and soft_target_share is not null
    union all
    select unit_id, 'bunched', bunched_share, ended_count, ended_person_count
    from fct_target_sign
    where cycle_id = p_cycle and bunched_share is not null
    union all
    select unit_id, 'late_progress', late_progress_share, dated_count, dated_person_count
    from fct_target_sign
    where cycle_id = p_cycle and late_progress_share is not null
),
counted as (
    select
        *,
        round(share * goal_count)::bigint as sign_count,
        sum(round(share * goal_count)::bigint) over (partition by gaming_sign)::bigint as all_sign_count,
        sum(goal_count) over (partition by gaming_sign)::bigint as all_goal_count,
        round(share * people_count)::bigint as like_count,
        sum(round(share * people_count)::bigint) over (partition by gaming_sign)::bigint as all_like_count,
        sum(people_count) over (partition by gaming_sign)::bigint as all_people_count,
        count(*) over () as look_count
    from sign
),
compared as (
    select
        *,
        (all_sign_count - sign_count) / nullif(all_goal_count - goal_count, 0) as elsewhere_share,
        two_share_p_value(like_count, people_count, all_like_count - like_count, all_people_count - people_count, (select exact_table_to from dim_setting)) as p_value
    from counted
    where all_goal_count > goal_count
)
select
    unit_id,
    gaming_sign,
    share,
    elsewhere_share,
    sign_count,
    goal_count,
    people_count,
    p_value
from compared
where
    share > elsewhere_share
    and p_value < (select significance_share from dim_setting) / look_count
