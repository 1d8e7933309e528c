-- One row per active person, cycle and variant of its formula for the final score: what the cycle would have come to, beside the formula in
-- force and the stored rating. Nothing stored is changed.
-- scope: cycle_id
with totalled as (
    select
        *,
        total_score(scored) as score
    from int_final_score
    where variant is not null
)

select
    replay.employee_id,
    replay.cycle_id,
    replay.unit_id,
    replay.variant,
    replay.score,
    case when replay.score is null then 'no_evidence' end as score_reason,
    label_of_score(replay.labels, replay.score) as label,
    case
        when replay.score is null then 'no_evidence'
        when label_of_score(replay.labels, replay.score) is null then 'no_scale'
    end as label_reason,
    missing_parts(replay.scored) as missing_parts,
    final.score as formula_score,
    final.label as formula_label,
    label_of_score(replay.labels, replay.score) != final.label as is_other_than_formula,
    rating.label as stored_label,
    label_of_score(replay.labels, replay.score) != rating.label as is_other_than_stored
from totalled as replay
left join fct_final_score as final
    on final.employee_id = replay.employee_id
    and final.cycle_id = replay.cycle_id
left join fct_rating as rating
    on rating.employee_id = replay.employee_id
    and rating.cycle_id = replay.cycle_id
