-- One row per effect and figure: how much more those with a plan, or a timely talk, changed than people like them without. Told of the whole company.
select
    effect || '_' || figure as effect_name,
    round(effect_points, 4) as effect_points,
    round(interval_lower_points, 4) as lower_points,
    round(interval_upper_points, 4) as upper_points,
    case
        when effect_points is null then 'none'
        when is_inconclusive then 'cannot_tell'
        when effect_points > 0 then 'helped'
        else 'harmed'
    end as verdict,
    treated_count as people_count,
    untreated_count,
    dropped_treated_count,
    effect_points_reason as reason_key
from fct_plan_effect
where cycle_id = $cycle
order by
    effect,
    figure
