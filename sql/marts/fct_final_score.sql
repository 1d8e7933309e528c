-- One row per active person and cycle with a formula for the final score: score and label by the formula in force, beside the stored rating.
-- scope: cycle_id
with totalled as (
    select
        *,
        total_score(scored) as score
    from int_final_score
    where variant is null
)

select
    final.employee_id,
    final.cycle_id,
    final.unit_id,
    final.score,
    case when final.score is null then 'no_evidence' end as score_reason,
    label_of_score(final.labels, final.score) as label,
    case
        when final.score is null then 'no_evidence'
        when label_of_score(final.labels, final.score) is null then 'no_scale'
    end as label_reason,
    round(weighted_score(final.scored), 9) as weighted_score,
    round(extra_score(final.scored), 9) as extra_score,
    missing_parts(final.scored) as missing_parts,
    missing_parts(final.scored) is not null and final.score is not null as is_reweighted,
    rating.label as stored_label,
    label_of_score(final.labels, final.score) != rating.label as is_other_than_stored
from totalled as final
left join fct_rating as rating
    on rating.employee_id = final.employee_id
    and rating.cycle_id = final.cycle_id
