-- One row per cycle without a scale and label inferred for it: from overall scores the five steps of 1–5, or five equal bands of
-- 0–10 or 0–100; from labels alone the labels seen, in the order that their words have in use.
with judged as (
    select cycle_id, score, label
    from int_appraisal
    where item is null
        and part is null
        and not exists (select 1 from stg_rating_scale as scale where scale.cycle is null or scale.cycle = int_appraisal.cycle_id)
),

span as (
    select cycle_id, case when max(score) <= 5 then 5 when max(score) <= 10 then 10 when max(score) <= 100 then 100 else max(score) end as top
    from judged
    where score is not null
    group by cycle_id
),

worded as (
    select
        cycle_id,
        label,
        coalesce(
            list_position(
                ['e', 'd', '不合格', 'unacceptable', 'pip', 'c', '待改进', 'needsimprovement', 'b-', '合格', 'b', '良好', 'meetsexpectation',
                'meetsexpectations', 'fullymeets', 'b+', 'a-', '优秀', 'a', 'exceeds', 'exceedsexpectation', 'exceedsexpectations', 'a+', '卓越', 's', 'aboveandbeyond'],
                fold(label)
            ),
            0
        ) as place
    from judged
    where label is not null
        and cycle_id not in (select cycle_id from span)
    group by cycle_id, label
)

select
    cycle_id,
    step::varchar as code,
    step::varchar as label_en,
    step::varchar as label_zh,
    step::integer as rank,
    case when top = 5 then step::double else (step - 0.5) * top / 5 end as value,
    case when top = 5 then step - 0.5 else (step - 1) * top / 5 end as lower_score,
    case when top = 5 then step + 0.5 else step * top / 5 end as upper_score
from span
cross join range(1, 6) as steps(step)
union all
select
    cycle_id,
    label,
    label,
    label,
    row_number() over (partition by cycle_id order by place, label)::integer,
    null,
    null,
    null
from worded
