-- One row per kind of file imported: the last day that its rows are about, how many days ago that was, and how many are usual between two such
-- days: the check-in period, the usual gap between two days of readings, or the length of a cycle.
with dated as (
    select 'appraisal' as kind, appraised_on as day from raw.appraisal
    union all select 'calibration', calibrated_on from raw.calibration
    union all select 'check_in', checked_on from raw.check_in
    union all select 'conversation', held_on from raw.conversation
    union all select 'employee', coalesce(effective_on, hired_on) from raw.employee
    union all select 'goal', starts_on from raw.goal
    union all select 'improvement_plan', coalesce(outcome_on, starts_on) from raw.improvement_plan
    union all select 'incentive', awarded_on from raw.incentive
    union all select 'plan_item', coalesce(done_on, starts_on) from raw.plan_item
    union all select 'reading', read_on from raw.reading
),
last_day as (
    select
        kind,
        max(day) as newest_on
    from dated
    where day <= $as_of::date
    group by kind
),
cycle as (
    select
        median(ends_on - starts_on + 1)::double as cycle_days,
        any_value(check_in_days order by starts_on desc)::double as check_in_days
    from dim_cycle
    where starts_on <= $as_of::date
),
reading as (
    select median(gap) as gap_days
    from (select read_on - lag(read_on) over (order by read_on) as gap from (select distinct read_on from raw.reading))
),
source as (
    select
        sheet.kind,
        max(file.imported_at) as imported_at,
        arg_max(file.file_name, file.import_id) as file_name,
        max(file.import_id) as import_id
    from raw.import_sheet as sheet
    inner join raw.import as file on file.import_id = sheet.import_id
    where
        file.undone_at is null
        and sheet.kind is not null
    group by sheet.kind
),
known as (
    select
        source.*,
        last_day.newest_on,
        $as_of::date - last_day.newest_on as since_days,
        case source.kind
            when 'check_in' then cycle.check_in_days
            when 'reading' then reading.gap_days
            when 'employee' then null
            else case when last_day.newest_on is not null then cycle.cycle_days end
        end as cadence_days
    from source
    left join last_day on last_day.kind = source.kind
    cross join cycle
    cross join reading
)
select
    kind,
    newest_on,
    since_days,
    cadence_days,
    case
        when since_days <= cadence_days then 'fresh'
        when since_days <= 2 * cadence_days then 'due'
        when since_days > 2 * cadence_days then 'stale'
    end as freshness,
    imported_at,
    file_name,
    import_id
from known
order by
    since_days / cadence_days desc nulls last,
    kind
