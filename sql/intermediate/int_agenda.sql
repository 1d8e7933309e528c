-- One row per rated person and cycle: the parts of what discussing the rating is worth, and the rating before calibration less its rater's severity.
select
    rated.employee_id,
    rated.cycle_id,
    rated.unit_id,
    rated.label,
    rated.rating_percentile,
    rated.attainment_percentile,
    bounded(abs(rater.severity) * (label.label_count - 1), 0.0, 1.0) as rater_points,
    greatest(rating.self_value_share, rating.manager_value_share, panel.peer_share)
        - least(rating.self_value_share, rating.manager_value_share, panel.peer_share) as spread_points,
    (rating.self_value_share is not null)::integer + (rating.manager_value_share is not null)::integer + (panel.peer_share is not null)::integer as judge_count,
    abs(rated.value_share - before.value_share) as jump_points,
    (1 - coalesce(goal.measured_share, 0)) / 3 + (coalesce(goal.check_in_count, 0) = 0)::integer / 3 + (conversation.employee_id is null)::integer / 3 as evidence_points,
    case when rater.severity is not null then round(bounded(rating.manager_value_share - rater.severity, 0.0, 1.0), 9) end as what_if_share,
    coalesce(rater.severity_reason, 'no_counterpart') as severity_reason,
    cut.labels
from int_rated as rated
join fct_rating as rating
    on rating.employee_id = rated.employee_id
    and rating.cycle_id = rated.cycle_id
join dim_cycle as cycle
    on cycle.cycle_id = rated.cycle_id
left join dim_rating_label as label
    on label.cycle_id = rated.cycle_id
    and label.code = rated.label
left join int_label_cut as cut
    on cut.cycle_id = rated.cycle_id
left join fct_rater as rater
    on rater.cycle_id = rated.cycle_id
    and rater.reviewer_id = rated.reviewer_id
    and rating.manager_value_share is not null
left join int_rater_panel as panel
    on panel.employee_id = rated.employee_id
    and panel.cycle_id = rated.cycle_id
left join main.fct_rating as before
    on before.employee_id = rated.employee_id
    and before.cycle_id = cycle.previous_cycle_id
left join int_employee_goal as goal
    on goal.employee_id = rated.employee_id
    and goal.cycle_id = rated.cycle_id
left join (select distinct employee_id, cycle_id from fct_conversation) as conversation
    on conversation.employee_id = rated.employee_id
    and conversation.cycle_id = rated.cycle_id
