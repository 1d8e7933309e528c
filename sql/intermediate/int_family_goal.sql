-- One row per cycle, job family, metric and category: how many goals, how many with evidence, how many reached their target.
-- scope: cycle_id
select
    goal.cycle_id,
    person.job_family,
    metric.metric_key,
    goal.category,
    count(*) filter (where not goal.is_cancelled) as goal_count,
    count(goal.attainment_raw) filter (where not goal.is_cancelled) as measured_count,
    count(*) filter (where goal.attainment_raw >= 1 and not goal.is_cancelled) as reached_count
from fct_goal as goal
join fct_employee_cycle as person
    on person.employee_id = goal.employee_id
    and person.cycle_id = goal.cycle_id
left join int_metric as metric
    on metric.metric = goal.metric
where goal.owner_kind = 'employee'
    and person.job_family is not null
group by goal.cycle_id, person.job_family, metric.metric_key, goal.category
