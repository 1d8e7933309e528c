-- One row: the unit whose people wait for feedback far more often than the rest, where the difference is more than chance.
with unit as (
    select
        person.branch_unit_id as unit_id,
        any_value(person.branch_unit) as unit,
        count(*) as people_count,
        count(*) filter (not feedback.is_delivered) as waiting_count,
        sum(count(*)) over ()::bigint as all_count,
        sum(count(*) filter (not feedback.is_delivered)) over ()::bigint as all_waiting_count
    from branch_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    inner join fct_feedback as feedback on feedback.employee_id = person.employee_id and feedback.cycle_id = person.cycle_id
    group by person.branch_unit_id
),
compared as (
    select
        *,
        waiting_count / people_count as waiting_share,
        (all_waiting_count - waiting_count) / (all_count - people_count) as rest_share,
        two_share_p_value(waiting_count, people_count, all_waiting_count - waiting_count, all_count - people_count, (select exact_table_to from dim_setting)) as p_value
    from unit
    where
        people_count >= 5
        and all_count - people_count >= 5
)
select
    'feedback_unit' as finding_key,
    unit,
    waiting_count as people_count,
    round(waiting_share, 4) as waiting_share,
    round(rest_share, 4) as rest_share,
    unit_id as drill_unit,
    'feedback_waiting' as drill_sign
from compared
where
    waiting_share > rest_share
    and p_value < 0.05 / (select count(*) from compared)  -- as many units, as many chances to be far off
order by
    p_value,
    unit_id
limit 1
