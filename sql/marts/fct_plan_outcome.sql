-- One row per improvement plan begun by as_of: whether it began in time, how it ended, and what became of the person. outcome_state: passed,
-- extended, failed, left, running, unrecorded (its end is past, and no file tells the outcome). Kept: still employed when the months after
-- passing are over, and in no cycle that ended in them rated low. It looks at later cycles, so all its rows are made anew; there are few.
with later as (
    select
        plan.natural_key,
        count(*) as rating_count,
        bool_or(rating.rank <= own.low_label_count) as is_low_again
    from int_plan_ended as plan
    join main.fct_rating as rating
        on rating.employee_id = plan.employee_id
    join dim_cycle as cycle
        on cycle.cycle_id = rating.cycle_id
        and cycle.ends_on > plan.settled_on
        and cycle.ends_on <= plan.kept_until
    join dim_cycle_setting as own
        on own.cycle_id = rating.cycle_id
    where rating.rank is not null
    group by plan.natural_key
),

gone as (
    select person.employee_id, max(person.left_on) as left_on
    from dim_employee as person
    cross join dim_setting as setting
    where person.left_on <= setting.as_of
    group by person.employee_id
),

followed as (
    select
        plan.*,
        person.unit_id,
        gone.left_on,
        later.is_low_again,
        case
            when plan.outcome_state = 'running' then 'not_due'
            when plan.outcome_state != 'passed' then 'no_definition'
            when plan.kept_until is null then 'no_evidence'
            when gone.left_on <= plan.kept_until or later.is_low_again then null
            when plan.kept_until > setting.as_of then 'not_due'
            when later.rating_count is null then 'no_evidence'
        end as reason
    from int_plan_ended as plan
    cross join dim_setting as setting
    left join main.fct_employee_cycle as person
        on person.employee_id = plan.employee_id
        and person.cycle_id = plan.cycle_id
    left join later
        on later.natural_key = plan.natural_key
    left join gone
        on gone.employee_id = plan.employee_id
)

select
    plan.plan_id,
    plan.employee_id,
    plan.cycle_id,
    plan.unit_id,
    plan.focus,
    plan.rating_label,
    plan.is_low_rated,
    plan.starts_on,
    plan.ends_on,
    plan.start_days,
    case when plan.is_low_rated then plan.start_days between 0 and setting.plan_start_days end as is_started_in_time,
    plan.outcome_state,
    plan.settled_on,
    plan.settled_on - plan.starts_on as plan_days,
    plan.left_on,
    case when plan.reason is null then coalesce(plan.left_on > plan.kept_until, true) and not coalesce(plan.is_low_again, false) end as is_kept,
    plan.reason as is_kept_reason,
    plan.natural_key
from followed as plan
cross join dim_setting as setting
