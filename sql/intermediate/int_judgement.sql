-- One row per cycle, label and score that somebody was given: the scale's label it means and its value from 0 to 1.
-- A label counts by its words or by a number that is its value; a score by the bounds it falls into, else by the nearest value.
with given as (
    select distinct cycle_id, folded_label, score from int_appraisal
    union
    select distinct cycle_id, folded_label, score from int_calibration
),

matched as (
    select
        given.cycle_id,
        given.folded_label,
        given.score,
        label.code,
        label.rank,
        label.value_share,
        label.label_count,
        label.lower_score,
        label.upper_score,
        case
            when given.folded_label in (fold(label.code), fold(label.label_en), fold(label.label_zh)) then 1
            when try_cast(given.folded_label as double) = coalesce(label.value, label.rank) then 2
            when given.score >= label.lower_score and given.score < label.upper_score then 3
            when given.score = label.upper_score then 4
            when given.score is not null then 5
        end as way,
        abs(given.score - coalesce(label.value, (label.lower_score + label.upper_score) / 2, label.rank)) as distance
    from given
    join dim_rating_label as label
        on label.cycle_id = given.cycle_id
)

select
    matched.cycle_id,
    matched.folded_label,
    matched.score,
    matched.code,
    matched.rank,
    case
        when matched.score is not null and matched.upper_score > matched.lower_score
            then bounded(
                (matched.rank - 1.5 + bounded((matched.score - matched.lower_score) / (matched.upper_score - matched.lower_score), 0.0, 1.0))
                / greatest(matched.label_count - 1, 1), 0.0, 1.0
            )
        when matched.score is not null and matched.way >= 3
            then bounded((matched.score - scale.low_score) / nullif(scale.high_score - scale.low_score, 0), 0.0, 1.0)
        else matched.value_share
    end as value_share
from matched
join int_scale as scale
    on scale.cycle_id = matched.cycle_id
where matched.way is not null
qualify row_number() over (
    partition by matched.cycle_id, matched.folded_label, matched.score
    order by matched.way, matched.distance, matched.rank desc
) = 1
