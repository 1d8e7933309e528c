-- One row per unit below the chosen one (or the top): days from the final rating to the feedback, of those with both dates.
select
    person.branch_unit as unit,
    person.branch_unit_id as unit_id,
    median(feedback.feedback_days) as median_days,
    quantile_cont(feedback.feedback_days, 0.25) as lower_quartile_days,
    quantile_cont(feedback.feedback_days, 0.75) as upper_quartile_days,
    max(feedback.feedback_days) as longest_days,
    count(*) as people_count
from branch_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
inner join fct_feedback as feedback on feedback.employee_id = person.employee_id and feedback.cycle_id = person.cycle_id
where feedback.feedback_days is not null
group by
    person.branch_unit_id,
    person.branch_unit
qualify count(*) >= 5 or max(count(*)) over () < 5  -- of fewer people quartiles say little
order by
    median_days,
    upper_quartile_days,
    person.branch_unit_id
