-- One row: whether improvement plans helped, by attainment, or that it cannot be told. Told of the whole company.
select
    case when is_inconclusive then 'plans_unclear' when effect_points > 0 then 'plans_helped' else 'plans_harmed' end as finding_key,
    round(effect_points, 3) as effect_points,
    round(interval_lower_points, 3) as lower_points,
    round(interval_upper_points, 3) as upper_points,
    treated_count as people_count
from fct_plan_effect
where
    cycle_id = $cycle
    and effect = 'improvement_plan'
    and figure = 'attainment'
    and effect_points is not null
    and coalesce($unit, $job_family, $location, $grade, $manager, $attributes)::varchar is null
