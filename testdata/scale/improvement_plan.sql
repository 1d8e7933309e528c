-- One row per improvement plan after a rating of C or D, one in five missing, and per development action of some others.
insert into raw.improvement_plan by name
select
    1 as import_id,
    'plan' as sheet,
    row_number() over () as line,
    cycle || '|' || employee_id || '|plan' as natural_key,
    cycle,
    employee_id,
    case when label in ('C', 'D') then 'improvement' else 'development' end as plan_kind,
    'Goal 1' as focus,
    appraised_on + 10 as starts_on,
    appraised_on + 100 as ends_on,
    case when hash(employee_id, cycle, 'outcome') % 4 != 0 then 'passed' else 'extended' end as outcome,
    appraised_on + 100 as outcome_on
from raw.appraisal
where
    reviewer_role = 'manager'
    and hash(employee_id, cycle, 'improvement') % 5 < case when label in ('C', 'D') then 4 else 2 end
