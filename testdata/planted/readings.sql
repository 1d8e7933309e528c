-- $seeds companies of 12 people of one job family each, with a KPI of its own: 24 months of readings, normal around 100 with a deviation of 5. In the 20th
-- month it falls by 30: for everybody in even companies (the market), for the first person alone in odd ones.
create temp macro drawn(p_seed, p_i, p_month, p_what) as
    (hash(p_what || ' ' || p_seed || ' ' || p_i || ' ' || p_month) % 1000003 + 1) / 1000004.0;
insert into raw.cycle by name select '2023' as natural_key, '2023' as cycle, date '2023-01-01' as starts_on, date '2023-12-31' as ends_on,
    1 as import_id, 'cycle' as sheet, 1 as line;
insert into raw.employee by name select seed || '-' || i as natural_key, seed || '-' || i as employee_id, seed || '-' || i as employee_name, 'U' || seed as unit,
    'F' || seed as job_family, date '2020-01-01' as hired_on, 1 as import_id, 'employee' as sheet, 1 as line
from range($seeds) as seeds(seed) cross join range(12) as people(i);
insert into raw.reading by name select seed || '-' || i || ' ' || month as natural_key, 'K' || seed as metric, seed || '-' || i as employee_id,
    date '2022-01-31' + to_months(month) as read_on, 'increase' as direction,
    100 + 5 * sqrt(-2 * ln(drawn(seed, i, month, 'a'))) * cos(2 * pi() * drawn(seed, i, month, 'b'))
        - case when month = 19 and (seed % 2 = 0 or i = 0) then 30 else 0 end as value,
    1 as import_id, 'reading' as sheet, 1 as line
from range($seeds) as seeds(seed) cross join range(12) as people(i) cross join range(24) as months(month);
drop macro drawn;
