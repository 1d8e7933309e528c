-- One row per check-in up to as_of with its goal; a check-in on a goal that no goal file has names an inferred goal.
select
    check_in.* exclude (given_goal_id, folded_title, stated_cycle_id, cycle_id, unit_id),
    coalesce(ref.goal_cycle_id, check_in.cycle_id) as cycle_id,
    coalesce(check_in.unit_id, ref.goal_unit_id) as unit_id,
    coalesce(
        ref.natural_key,
        case
            when coalesce(check_in.given_goal_id, check_in.folded_title) is not null
                then concat_ws(
                    '|', 'inferred', check_in.cycle_id, coalesce(check_in.employee_id, 'unit:' || check_in.unit_id, ''),
                    coalesce(check_in.given_goal_id, check_in.folded_title)
                )
        end
    ) as goal_key,
    ref.natural_key is null as is_goal_inferred,
    ref.goal_id as stated_goal_id,
    check_in.given_goal_id
from int_check_in_owned as check_in
left join int_goal_ref as ref
    on ref.given_goal_id is not distinct from check_in.given_goal_id
    and ref.folded_title is not distinct from check_in.folded_title
    and ref.employee_id is not distinct from check_in.employee_id
    and ref.unit_id is not distinct from check_in.unit_id
    and ref.stated_cycle_id is not distinct from check_in.stated_cycle_id
    and ref.cycle_id is not distinct from check_in.cycle_id
