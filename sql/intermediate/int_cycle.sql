-- One row per cycle: declared, or inferred from a label that is a period, from the goals under a label that is none,
-- or, for dates that no cycle holds, the calendar year.
with declared as (
    select
        cycle as cycle_id,
        coalesce(starts_on, period_start(cycle)) as starts_on,
        coalesce(ends_on, period_end(cycle)) as ends_on
    from stg_cycle
),

labelled as (
    select
        cycle as cycle_id,
        coalesce(period_start(cycle), min(on_date)) as starts_on,
        coalesce(period_end(cycle), max(on_date)) as ends_on
    from int_dated_row
    where cycle is not null
        and cycle not in (select cycle_id from declared)
    group by cycle
),

named as (
    select *, false as is_inferred from declared
    union all
    select *, true as is_inferred from labelled
),

calendar_year as (
    select distinct
        year(on_date)::varchar as cycle_id,
        make_date(year(on_date), 1, 1) as starts_on,
        make_date(year(on_date), 12, 31) as ends_on,
        true as is_inferred
    from int_dated_row
    where cycle is null
        and on_date is not null
        and not exists (
            select 1 from named
            where int_dated_row.on_date between named.starts_on and named.ends_on + case when is_after and not is_inferred then (select after_cycle_days from dim_setting) else 0 end
        )
)

select cycle_id, starts_on, ends_on, is_inferred
from named
where starts_on <= ends_on
union all
select cycle_id, starts_on, ends_on, is_inferred
from calendar_year
where cycle_id not in (select cycle_id from named)
