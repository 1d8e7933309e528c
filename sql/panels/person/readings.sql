-- One row per KPI reading of the person, the newest first.
select
    metric,
    read_on,
    value,
    expected,
    unit_of_measure,
    z,
    is_alarm,
    cause_hint,
    reaction_days,
    natural_key
from fct_reading
where employee_id = $employee_id
order by
    read_on desc,
    metric
