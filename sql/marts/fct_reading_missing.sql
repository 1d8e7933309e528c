-- One row per gap in a series of KPI readings that is longer than usual: a reading that was due and did not come, or came late.
-- Due: the series' median gap after the reading before; missing: later than reading_grace_share of that gap. The series of somebody who has left ends.
-- scope: readings
with placed as (
    select
        series.*,
        cadence.gap_days,
        setting.as_of,
        series.previous_read_on + ceil(cadence.gap_days)::integer as due_on,
        series.previous_read_on + ceil(cadence.gap_days)::integer + ceil(setting.reading_grace_share * cadence.gap_days)::integer as missing_from_on,
        series.read_on as arrived_on
    from int_reading_series as series
    cross join dim_setting as setting
    join int_reading_cadence as cadence
        using (series_no)
    union all
    -- after the last reading
    select
        series.*,
        cadence.gap_days,
        setting.as_of,
        series.read_on + ceil(cadence.gap_days)::integer,
        series.read_on + ceil(cadence.gap_days)::integer + ceil(setting.reading_grace_share * cadence.gap_days)::integer,
        null
    from int_reading_series as series
    cross join dim_setting as setting
    join int_reading_cadence as cadence
        on cadence.series_no = series.series_no
        and cadence.reading_count = series.reading_number
)

select
    placed.metric,
    placed.person_id as employee_id,
    placed.unit_id,
    placed.due_on,
    placed.missing_from_on,
    placed.arrived_on,
    placed.gap_days,
    case
        when placed.arrived_on is null then greatest(1, floor((placed.as_of - placed.read_on) / placed.gap_days))::integer
        else greatest(1, round((placed.arrived_on - placed.previous_read_on) / placed.gap_days) - 1)::integer
    end as missing_count,
    placed.arrived_on is null as is_still_missing,
    placed.natural_key,
    placed.import_id,
    placed.sheet,
    placed.line
from placed
left join int_current_employee as person
    on person.employee_id = placed.person_id
where coalesce(placed.arrived_on, placed.as_of) > placed.missing_from_on
    and coalesce(placed.due_on < person.left_on, true)
    and (person.left_on is not null or not coalesce(person.has_left, false) or placed.arrived_on is not null)
