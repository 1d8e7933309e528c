-- One row per piece of a rule that turns a goal's attainment into a score, as the settings state it.
select
    cycle,
    fold(metric) as folded_metric,
    goal_id,
    kind,
    from_attainment,
    to_attainment,
    from_score,
    to_score,
    points,
    per_unit,
    coalesce(basis, 'attainment') as basis,
    rounding,
    cap,
    floor
from raw.scoring_rule
