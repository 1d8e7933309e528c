-- One row per half year, $cycles of them, the last 2026H2.
insert into raw.cycle by name
select
    1 as import_id,
    'cycle' as sheet,
    i as line,
    label as natural_key,
    label as cycle,
    label as cycle_name,
    'half' as cycle_kind,
    starts_on,
    (starts_on + interval 6 month - interval 1 day)::date as ends_on,
    30 as check_in_days
from (
    select
        i,
        (2 * 2026 + 1 - ($cycles - i)) as half_number,
        (half_number // 2) || 'H' || (half_number % 2 + 1) as label,
        make_date(half_number // 2, 6 * (half_number % 2) + 1, 1) as starts_on
    from range(1, $cycles + 1) as numbers(i)
)
