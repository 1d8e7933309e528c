-- One row per label: the share of people the company expects to get it.
insert into raw.guideline by name
select
    1 as import_id,
    'guideline' as sheet,
    row_number() over () as line,
    '||' || label as natural_key,
    *
from (values ('S', 0.10), ('A', 0.25), ('B', 0.45), ('C', 0.15), ('D', 0.05)) as guideline(label, share)
