-- One row per effect, cycle, figure, prior rating and fifth of prior attainment: the treated and the untreated of the stratum.
with arm as (
    select cycle_id, 'improvement_plan' as effect, 'attainment' as figure, previous_rating_label, previous_fifth, has_plan as is_treated, attainment_change_points as change
    from int_effect_person
    union all
    select cycle_id, 'timely_feedback', 'attainment', previous_rating_label, previous_fifth, has_timely_feedback, attainment_change_points
    from int_effect_person
    union all
    select cycle_id, 'improvement_plan', 'rating', previous_rating_label, previous_fifth, has_plan, rating_change_points
    from int_effect_person
    union all
    select cycle_id, 'timely_feedback', 'rating', previous_rating_label, previous_fifth, has_timely_feedback, rating_change_points
    from int_effect_person
)

select
    effect,
    cycle_id,
    figure,
    previous_rating_label,
    previous_fifth,
    count(*) filter (where is_treated) as treated_count,
    count(*) filter (where not is_treated) as untreated_count,
    avg(change) filter (where is_treated) as treated_mean,
    avg(change) filter (where not is_treated) as untreated_mean,
    var_samp(change) filter (where is_treated) as treated_variance,
    var_samp(change) filter (where not is_treated) as untreated_variance
from arm
where is_treated is not null
    and change is not null
group by effect, cycle_id, figure, previous_rating_label, previous_fifth
