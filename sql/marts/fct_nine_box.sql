-- One row per rated person and cycle: the third of performance (final rating) and of potential, by fixed cut points, and the box of the nine that both
-- make: 1 low in both, 3 high performance with low potential, 9 high in both.
-- scope: cycle_id
select
    rating.employee_id,
    rating.cycle_id,
    rating.value_share as performance_share,
    third_of(rating.value_share, setting.performance_middle_from, setting.performance_high_from) as performance_third,
    case when rating.value_share is null then 'no_scale' end as performance_third_reason,
    potential.potential_share,
    third_of(potential.potential_share, setting.potential_middle_from, setting.potential_high_from) as potential_third,
    case when potential.potential_share is null then 'no_evidence' end as potential_third_reason,
    third_of(rating.value_share, setting.performance_middle_from, setting.performance_high_from)
    + 3 * (third_of(potential.potential_share, setting.potential_middle_from, setting.potential_high_from) - 1) as box_number,
    case when rating.value_share is null then 'no_scale' when potential.potential_share is null then 'no_evidence' end as box_number_reason
from fct_rating as rating
cross join dim_setting as setting
left join int_potential as potential
    on potential.employee_id = rating.employee_id
    and potential.cycle_id = rating.cycle_id
