-- One row per check-in of int_check_in_unmet, with its goal; one on a goal that no goal file has names an inferred goal.
with found as (
    select
        check_in.*,
        ref.goal_id as stated_goal_id,
        ref.natural_key as stated_goal_key,
        ref.goal_cycle_id,
        ref.goal_unit_id,
        case
            when ref.natural_key is null and coalesce(check_in.given_goal_id, check_in.folded_title) is not null
                then concat_ws(
                    '|', 'inferred', check_in.cycle_id, coalesce(check_in.employee_id, 'unit:' || check_in.unit_id, ''),
                    coalesce(check_in.given_goal_id, check_in.folded_title)
                )
        end as inferred_key
    from int_check_in_unmet as check_in
    left join int_goal_ref as ref
        on ref.mention_key = check_in.mention_key
)

select
    hash(coalesce(stated_goal_key, inferred_key)) as goal_no,
    coalesce(stated_goal_id, inferred_key) as goal_id,
    coalesce(goal_cycle_id, cycle_id) as cycle_id,
    employee_id,
    coalesce(unit_id, goal_unit_id) as unit_id,
    checked_on,
    value,
    progress,
    owner_status,
    confidence,
    is_done,
    late_days,
    note,
    natural_key,
    import_id,
    sheet,
    line,
    inferred_key,
    coalesce(goal_title, given_goal_id) as goal_title
from found
