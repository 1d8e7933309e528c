-- One row per metric as goals write it: a number for the metric that is meant, case and blanks folded away.
select
    metric,
    hash(fold(metric)) as metric_key
from main.fct_goal
where fold(metric) is not null
group by metric
