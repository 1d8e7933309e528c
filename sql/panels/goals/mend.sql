-- One row per live goal that misses at least one SMART criterion altogether, the least SMART first, with every rule that fired against it.
select
    person.employee_name,
    person.employee_id,
    goal.title,
    smart.smart_score,
    array_to_string(list_filter([
        case when smart.specific < 1 then smart.specific_reason end,
        case when smart.measurable < 1 then smart.measurable_reason end,
        case when smart.attainable < 1 and smart.attainable_reason != 'no_history' then smart.attainable_reason end,
        case when smart.relevant < 1 then smart.relevant_reason end,
        case when smart.time_bound < 1 then smart.time_bound_reason end
    ], lambda reason: reason is not null), '|') as mend,
    round(goal.weight_share, 4) as weight_share,
    person.unit,
    person.manager_name,
    count(*) over () as total_count
from scoped_person($cycle, $unit, $job_family, $location, $grade, $manager, $attributes) as person
inner join fct_goal_smart as smart on smart.employee_id = person.employee_id and smart.cycle_id = person.cycle_id
inner join fct_goal as goal on goal.employee_id = person.employee_id and goal.cycle_id = person.cycle_id and goal.goal_id = smart.goal_id
where
    not goal.is_cancelled
    and least(smart.specific, smart.measurable, smart.attainable, smart.relevant, smart.time_bound) = 0
order by
    smart.smart_score,
    goal.weight_share desc nulls last,
    person.employee_id,
    goal.goal_no
limit 200
