-- One row per cycle: the thresholds of those that a cycle may have of its own, else the company's.
-- scope: everything
with own as (
    select
        cycle as cycle_id,
        name,
        value::double as value
    from raw.setting
    where cycle is not null
)

select
    cycle.cycle_id,
    coalesce(max(own.value) filter (where own.name = 'attainment_cap'), any_value(setting.attainment_cap)) as attainment_cap,
    coalesce(max(own.value) filter (where own.name = 'maintain_band_share'), any_value(setting.maintain_band_share)) as maintain_band_share,
    coalesce(max(own.value) filter (where own.name = 'weight_tolerance_share'), any_value(setting.weight_tolerance_share)) as weight_tolerance_share,
    coalesce(max(own.value) filter (where own.name = 'aspirational_met_from'), any_value(setting.aspirational_met_from)) as aspirational_met_from,
    coalesce(max(own.value) filter (where own.name = 'not_started_from'), any_value(setting.not_started_from)) as not_started_from,
    coalesce(max(own.value) filter (where own.name = 'on_track_from_points'), any_value(setting.on_track_from_points)) as on_track_from_points,
    coalesce(max(own.value) filter (where own.name = 'at_risk_from_points'), any_value(setting.at_risk_from_points)) as at_risk_from_points,
    coalesce(max(own.value) filter (where own.name = 'goals_due_share'), any_value(setting.goals_due_share)) as goals_due_share,
    coalesce(max(own.value) filter (where own.name = 'plan_due_share'), any_value(setting.plan_due_share)) as plan_due_share,
    coalesce(max(own.value) filter (where own.name = 'plan_coverage_from'), any_value(setting.plan_coverage_from)) as plan_coverage_from,
    coalesce(max(own.value) filter (where own.name = 'cadence_from'), any_value(setting.cadence_from)) as cadence_from,
    coalesce(max(own.value) filter (where own.name = 'check_in_days'), any_value(setting.check_in_days))::integer as check_in_days,
    coalesce(max(own.value) filter (where own.name = 'appraisal_due_days'), any_value(setting.appraisal_due_days))::integer as appraisal_due_days,
    coalesce(max(own.value) filter (where own.name = 'feedback_due_days'), any_value(setting.feedback_due_days))::integer as feedback_due_days,
    coalesce(max(own.value) filter (where own.name = 'improvement_due_days'), any_value(setting.improvement_due_days))::integer as improvement_due_days,
    coalesce(max(own.value) filter (where own.name = 'low_label_count'), any_value(setting.low_label_count))::integer as low_label_count,
    coalesce(max(own.value) filter (where own.name = 'favourable_label_count'), any_value(setting.favourable_label_count))::integer as favourable_label_count
from int_cycle as cycle
cross join dim_setting as setting
left join own
    on own.cycle_id = cycle.cycle_id
group by cycle.cycle_id
