-- One row per text that names a unit: the unit it means. A code comes before a name, a name must be the only one,
-- a path means its last part; what no unit file knows is a unit of its own.
with declared as (
    select
        unit_id,
        fold(unit) as folded,
        count(*) over (partition by fold(unit)) as namesake_count
    from stg_unit
)
select
    text.unit_text,
    coalesce(by_code.unit_id, by_name.unit_id, by_last_part.unit_id, text.unit_text) as unit_id,
    coalesce(by_code.unit_id, by_name.unit_id, by_last_part.unit_id) is not null as is_declared
from int_unit_text as text
left join declared as by_code
    on by_code.unit_id = text.unit_text
left join declared as by_name
    on by_name.folded = fold(text.unit_text)
    and by_name.namesake_count = 1
left join declared as by_last_part
    on by_last_part.folded = fold(split_part(text.unit_text, '/', -1))
    and by_last_part.namesake_count = 1
    and text.unit_text like '%/%'
