-- One row per performance cycle, as last stated.
select
    import_id,
    sheet,
    line,
    natural_key,
    cycle,
    cycle_name,
    cycle_kind,
    starts_on,
    ends_on,
    goals_due_on,
    plans_due_on,
    monitoring_due_on,
    appraisal_due_on,
    feedback_due_on,
    improvement_due_on,
    check_in_days
from raw.cycle
qualify row_number() over (partition by natural_key order by import_id desc, line desc, sheet desc) = 1
