-- One row per rated employee and cycle: the final rating and what it was before calibration.
-- joins as written
-- scope: cycle_id
select
    final.employee_id,
    final.cycle_id,
    final.label,
    label.label_en,
    label.label_zh,
    label.rank,
    final.score,
    final.value_share,
    final.rating_source,
    coalesce(manager.label, committee.label) as original_label,
    coalesce(manager.value_share, committee.value_share) as original_value_share,
    self.value_share as self_value_share,
    manager.value_share as manager_value_share,
    self.value_share - manager.value_share as self_manager_gap_points,
    coalesce(manager.reviewer_id, person.manager_id) as reviewer_id,
    final.rated_on,
    final.natural_key,
    final.import_id,
    final.sheet,
    final.line
from int_final_rating as final
left join dim_rating_label as label
    on label.cycle_id = final.cycle_id
    and label.code = final.label
left join int_overall as manager
    on manager.cycle_id = final.cycle_id
    and manager.employee_id = final.employee_id
    and manager.role = 'manager'
left join int_overall as committee
    on committee.cycle_id = final.cycle_id
    and committee.employee_id = final.employee_id
    and committee.role = 'committee'
left join int_overall as self
    on self.cycle_id = final.cycle_id
    and self.employee_id = final.employee_id
    and self.role = 'self'
left join int_employee_cycle as person
    on person.employee_id = final.employee_id
    and person.cycle_id = final.cycle_id
