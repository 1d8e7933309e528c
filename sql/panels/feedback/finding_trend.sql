-- One row: how the share of rated people who got feedback moved from the comparison cycle, where it moved by more than chance.
with cycle as (
    select
        person.cycle_id,
        count(*) as people_count,
        count(*) filter (feedback.is_delivered) as delivered_count
    from scoped_person(null, $unit, $job_family, $location, $grade, $manager, $attributes) as person
    inner join fct_feedback as feedback on feedback.employee_id = person.employee_id and feedback.cycle_id = person.cycle_id
    where person.cycle_id in ($cycle, $compare)
    group by person.cycle_id
)
select
    case when now.delivered_count / now.people_count > before.delivered_count / before.people_count then 'feedback_more' else 'feedback_less' end as finding_key,
    round(now.delivered_count / now.people_count, 4) as delivered_share,
    round(now.delivered_count / now.people_count - before.delivered_count / before.people_count, 4) as change_points
from cycle as now
inner join cycle as before on before.cycle_id = $compare
where
    now.cycle_id = $cycle
    and two_share_p_value(now.delivered_count, now.people_count, before.delivered_count, before.people_count, (select exact_table_to from dim_setting)) < 0.05
