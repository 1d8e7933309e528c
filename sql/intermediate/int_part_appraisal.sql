-- One row per person, cycle and part of the appraisals, of cycles with a formula: the mean by weight of the items, or the judgement of the part
-- as a whole where there is one; the sum for bonus and penalty. The manager's counts, else the committee's; never self or peer.
with judged as (
    select
        appraisal.cycle_id,
        appraisal.employee_id,
        fold(appraisal.part) as part,
        appraisal.reviewer_role = 'manager' as is_manager,
        appraisal.item is null as is_whole,
        coalesce(stated.weight, 1) as weight,
        appraisal.score,
        appraisal.value_share
    from fct_appraisal as appraisal
    left join stg_appraisal as stated
        on stated.natural_key = appraisal.natural_key
    where appraisal.part is not null
        and appraisal.employee_id is not null
        and appraisal.reviewer_role in ('manager', 'committee', 'hr')
        and appraisal.cycle_id in (select cycle_id from int_score_formula)
),

summed as (
    select
        cycle_id,
        employee_id,
        part,
        is_manager,
        is_whole,
        count(*) as judgement_count,
        sum(weight * score) / nullif(sum(weight) filter (where score is not null), 0) as mean_score,
        sum(score) as sum_score,
        sum(weight * value_share) / nullif(sum(weight) filter (where value_share is not null), 0) as value_share
    from judged
    group by cycle_id, employee_id, part, is_manager, is_whole
)

select
    cycle_id,
    employee_id,
    part,
    max(judgement_count) filter (where is_counted) as judgement_count,
    max(mean_score) filter (where is_counted) as mean_score,
    sum(sum_score) filter (where is_manager = has_manager) as sum_score,
    max(value_share) filter (where is_counted) as value_share
from (
    select
        *,
        bool_or(is_manager) over by_part as has_manager,
        row_number() over (partition by cycle_id, employee_id, part order by is_manager desc, is_whole desc) = 1 as is_counted
    from summed
    window by_part as (partition by cycle_id, employee_id, part)
)
group by cycle_id, employee_id, part
