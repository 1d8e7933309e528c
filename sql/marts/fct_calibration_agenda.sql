-- One row per rated person and cycle: what discussing the rating is worth, in parts of 0 to 1 each, and the mean of all parts by their weights. A part
-- that can't be told is null and counts as 0: the agenda lists what is known. What-if: the label nearest to the manager's rating less its rater's severity.
-- scope: cycle_id
-- joins as written
with judged as (
    select
        agenda.*,
        abs(agenda.rating_percentile - agenda.attainment_percentile) as attainment_points,
        case when agenda.judge_count >= 2 then agenda.spread_points end as disagreement_points,
        cut.code as what_if_label
    from int_agenda as agenda
    left join int_label_cut as cut
        on cut.cycle_id = agenda.cycle_id
        and cut.from_share <= agenda.what_if_share
        and cut.below_share > agenda.what_if_share
)

select
    judged.employee_id,
    judged.cycle_id,
    nullif(judged.unit_id, '') as unit_id,
    judged.rating_percentile as rating_percentile_share,
    judged.attainment_percentile as attainment_percentile_share,
    case when judged.attainment_percentile is null then 'no_evidence' end as attainment_points_reason,
    judged.attainment_points,
    coalesce(judged.attainment_points > setting.mismatch_from_points + 1e-9, false) as is_mismatch,
    judged.rater_points,
    case when judged.rater_points is null then judged.severity_reason end as rater_points_reason,
    judged.disagreement_points,
    case when judged.disagreement_points is null then 'no_counterpart' end as disagreement_points_reason,
    judged.jump_points,
    case when judged.jump_points is null then 'no_history' end as jump_points_reason,
    judged.evidence_points,
    (
        setting.agenda_attainment_weight * coalesce(judged.attainment_points, 0)
        + setting.agenda_rater_weight * coalesce(judged.rater_points, 0)
        + setting.agenda_disagreement_weight * coalesce(judged.disagreement_points, 0)
        + setting.agenda_jump_weight * coalesce(judged.jump_points, 0)
        + setting.agenda_evidence_weight * judged.evidence_points
    ) / nullif(
        setting.agenda_attainment_weight + setting.agenda_rater_weight + setting.agenda_disagreement_weight
        + setting.agenda_jump_weight + setting.agenda_evidence_weight, 0
    ) as agenda_points,
    judged.what_if_share,
    judged.what_if_label,
    case
        when judged.what_if_share is null then judged.severity_reason
        when judged.what_if_label is null then 'no_scale'
    end as what_if_label_reason,
    judged.what_if_label != judged.label as is_what_if_other
from judged
cross join dim_setting as setting
