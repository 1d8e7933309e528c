-- One row per cycle and label of its scale: the cycle's own, else the company's, else one inferred from what was given.
-- value_share puts labels with a number alone by their numbers, labels with score bounds evenly by rank: a score is then placed
-- between the middles of its band and the next, so that a score and its label agree.
-- scope: cycle_id
with stated as (
    select cycle.cycle_id, scale.code, scale.label_en, scale.label_zh, scale.rank, scale.value, scale.lower_score, scale.upper_score, false as is_inferred_scale
    from int_cycle as cycle
    join stg_rating_scale as scale
        on scale.cycle = cycle.cycle_id
        or (scale.cycle is null and cycle.cycle_id not in (select cycle from stg_rating_scale where cycle is not null))
    union all
    select *, true
    from int_inferred_label
),

ranked as (
    select
        cycle_id,
        coalesce(code, label_en, label_zh) as code,
        coalesce(label_en, label_zh, code) as label_en,
        coalesce(label_zh, label_en, code) as label_zh,
        row_number() over (partition by cycle_id order by coalesce(rank, value, lower_score), value, lower_score, code)::integer as rank,
        count(*) over (partition by cycle_id) as label_count,
        value,
        min(coalesce(value, lower_score)) over (partition by cycle_id) as low_value,
        max(coalesce(value, upper_score)) over (partition by cycle_id) as high_value,
        lower_score,
        upper_score,
        is_inferred_scale
    from stated
),

guided as (
    select
        cycle.cycle_id,
        fold(guideline.label) as folded_label,
        arg_max(guideline.share, guideline.cycle is not null) as share
    from stg_guideline as guideline
    join int_cycle as cycle
        on guideline.cycle is null
        or guideline.cycle = cycle.cycle_id
    where guideline.unit is null
    group by cycle.cycle_id, fold(guideline.label)
)

select
    label.cycle_id,
    label.code,
    label.label_en,
    label.label_zh,
    label.rank,
    label.label_count,
    case
        when label.lower_score is null and label.value is not null and label.high_value > label.low_value then (label.value - label.low_value) / (label.high_value - label.low_value)
        when label.label_count > 1 then (label.rank - 1) / (label.label_count - 1)::double
    end as value_share,
    label.value,
    label.lower_score,
    label.upper_score,
    label.is_inferred_scale,
    guided.share as guideline_share
from ranked as label
left join guided
    on guided.cycle_id = label.cycle_id
    and guided.folded_label in (fold(label.code), fold(label.label_en), fold(label.label_zh))
