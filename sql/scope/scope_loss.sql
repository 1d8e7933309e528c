-- One row per thing that others' meaning was inferred from and that nothing else may say now that rows are removed: the models it is
-- selected from hold the removed rows alone. Where there is one, everything is built.
with standing as (
    select cycle, coalesce(starts_on, period_start(cycle)) as starts_on, coalesce(ends_on, period_end(cycle)) as ends_on
    from stg_cycle
    union all
    select cycle, period_start(cycle), period_end(cycle)
    from (
        select cycle
        from raw.goal
        qualify row_number() over (partition by natural_key order by import_id desc, line desc, sheet desc) = 1
    )
    where period_start(cycle) is not null
    group by cycle
)

select 'cycle' as thing, cycle as name
from int_dated_row
where cycle is not null
    and cycle not in (select cycle from standing)
union all
select 'day', on_date::varchar
from int_dated_row
where cycle is null
    and on_date is not null
    and not exists (select 1 from standing where int_dated_row.on_date between starts_on and ends_on)
union all
select 'unit', unit_text
from int_unit_ref
where not is_declared
    and unit_text not in (select trim(unit) from stg_employee where unit is not null)
union all
select 'person', coalesce(naming.person_key, naming.employee_id)
from int_naming as naming
left join kept.int_person_ref as person
    on person.person_key = naming.person_key
where coalesce(person.found_by, 'provisional') in ('provisional', 'ambiguous')
union all
-- a calibration of somebody who is not rated by it is in no mart that tells its cycle
select 'calibration', natural_key
from lost_calibration
