-- One row per manager with rated people who still wait for feedback, the most waiting first.
select
    coalesce(person.manager_name, person.manager_id) as manager_name,
    person.manager_id,
    'feedback_waiting' as drill_sign,
    count(*) filter (not feedback.is_delivered) as waiting_count,
    count(*) filter (feedback.is_low_unmet) as low_unmet_count,
    max((select as_of from dim_setting) - feedback.rated_on) filter (not feedback.is_delivered) as waiting_days,
    round(avg(feedback.is_delivered::int), 4) as delivered_share,
    count(*) as people_count
from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
inner join fct_feedback as feedback on feedback.employee_id = person.employee_id and feedback.cycle_id = person.cycle_id
where person.manager_id is not null
group by
    person.manager_id,
    person.manager_name
having count(*) filter (not feedback.is_delivered) > 0
order by
    low_unmet_count desc,
    waiting_count desc,
    delivered_share,
    person.manager_id
limit 100
