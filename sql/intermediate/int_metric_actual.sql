-- One row per employee, metric and closed cycle just before one in scope, as one number: the actual of the person's goal on the metric.
-- With several goals on it there is no telling which one is meant.
select
    hash(goal.employee_id, metric.metric_key, goal.cycle_id) as actual_key,
    any_value(goal.actual) as actual
from main.fct_goal as goal
join int_metric as metric
    on metric.metric = goal.metric
where goal.owner_kind = 'employee'
    and goal.employee_id is not null
    and not goal.is_cancelled
    and goal.actual is not null
    and goal.cycle_id in (
        select earlier_cycle_id
        from int_cycle_history
        where distance = 1
            and is_cycle_in_scope(cycle_id)
    )
group by actual_key
having count(*) = 1
