-- One row per rated person and cycle: the parts of what discussing the rating is worth, and the rating before calibration less its rater's severity.
-- view
-- joins as written
with scale as (
    select cycle_id, max(label_count) as label_count
    from dim_rating_label
    group by cycle_id
),

conversation as (
    select distinct employee_id, cycle_id
    from fct_conversation
),

before as (
    select rating.employee_id, cycle.cycle_id, rating.value_share
    from main.fct_rating as rating
    join dim_cycle as cycle
        on cycle.previous_cycle_id = rating.cycle_id
    where is_cycle_in_scope(cycle.cycle_id)
        and rating.value_share is not null
)

select
    rated.employee_id,
    rated.cycle_id,
    rated.unit_id,
    rated.label,
    rated.rating_percentile,
    rated.attainment_percentile,
    bounded(abs(rater.severity) * (scale.label_count - 1), 0.0, 1.0) as rater_points,
    greatest(rated.self_value_share, rated.manager_value_share, panel.peer_share)
        - least(rated.self_value_share, rated.manager_value_share, panel.peer_share) as spread_points,
    (rated.self_value_share is not null)::integer + (rated.manager_value_share is not null)::integer + (panel.peer_share is not null)::integer as judge_count,
    abs(rated.value_share - before.value_share) as jump_points,
    (1 - coalesce(rated.measured_share, 0)) / 3 + (rated.check_in_count = 0)::integer / 3 + (conversation.employee_id is null)::integer / 3 as evidence_points,
    round(bounded(rated.manager_value_share - rater.severity, 0.0, 1.0), 9) as what_if_share,
    coalesce(rater.severity_reason, 'no_counterpart') as severity_reason
from int_rated as rated
left join scale
    on scale.cycle_id = rated.cycle_id
left join fct_rater as rater
    on rater.cycle_id = rated.cycle_id
    and rater.reviewer_id = case when rated.manager_value_share is not null then rated.reviewer_id end
left join int_rater_panel as panel
    on panel.employee_id = rated.employee_id
    and panel.cycle_id = rated.cycle_id
left join before
    on before.employee_id = rated.employee_id
    and before.cycle_id = rated.cycle_id
left join conversation
    on conversation.employee_id = rated.employee_id
    and conversation.cycle_id = rated.cycle_id
