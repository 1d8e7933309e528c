-- One row per person and cycle with a calibration decision: what it changed and what stands behind the change.
-- is_against_attainment: up although the label before lay above what attainment leads one to expect, or down although below it.
-- is_without_evidence: changed with neither a check-in nor a conversation in the cycle, or against attainment.
-- scope: cycle_id
with conversation as (
    select cycle_id, employee_id, min(held_on) as first_held_on, count(*) filter (where held_on is null) as undated_count
    from fct_conversation
    group by cycle_id, employee_id
),

decided as (
    select
        rated.*,
        sign(rated.rank - rated.original_rank) as direction,
        rated.check_in_count > 0 as has_check_in,
        conversation.employee_id is not null
            and (conversation.undated_count > 0 or rated.rated_on is null or conversation.first_held_on <= rated.rated_on) as has_conversation,
        sign(residual.residual) as residual_sign,
        trim(stated.reason) != '' as has_reason,
        stated.calibrated_by
    from int_rated as rated
    left join conversation
        on conversation.employee_id = rated.employee_id
        and conversation.cycle_id = rated.cycle_id
    left join fct_rating_residual as residual
        on residual.employee_id = rated.employee_id
        and residual.cycle_id = rated.cycle_id
    left join stg_calibration as stated
        on stated.natural_key = rated.natural_key
    where rated.rating_source = 'calibrated'
)

select
    employee_id,
    cycle_id,
    nullif(unit_id, '') as unit_id,
    reviewer_id,
    original_label as from_label,
    label as to_label,
    rank - original_rank as move_count,
    case direction when 1 then 'up' when -1 then 'down' when 0 then 'same' end as move,
    case when direction is null then 'no_counterpart' end as move_reason,
    value_share - original_value_share as shift_points,
    coalesce(has_reason, false) as has_reason,
    has_check_in,
    has_conversation,
    case when direction != 0 then direction = residual_sign end as is_against_attainment,
    case
        when direction is null then 'no_counterpart'
        when direction != 0 and residual_sign is null then 'no_evidence'
    end as is_against_attainment_reason,
    coalesce(direction != 0 and (not (has_check_in or has_conversation) or direction = residual_sign), false) as is_without_evidence,
    calibrated_by,
    rated_on as calibrated_on,
    natural_key
from decided
