-- One row per unit, declared by a unit file or only named, with its parent.
with path_part as (
    select distinct unnest(list_transform(
        generate_series(1, len(string_split(unit_text, '/'))),
        lambda n: array_to_string(string_split(unit_text, '/')[:n], '/')
    )) as unit_id
    from int_unit_ref
    where not is_declared
),

known as (
    select
        unit_id,
        fold(unit) as folded,
        count(*) over (partition by fold(unit)) as namesake_count
    from stg_unit
)

select
    child.unit_id,
    coalesce(child.unit, child.unit_id) as unit,
    coalesce(by_code.unit_id, by_name.unit_id) as parent_unit_id,
    child.unit_type,
    child.head_id,
    child.natural_key,
    child.import_id,
    child.sheet,
    child.line
from stg_unit as child
left join known as by_code
    on by_code.unit_id = child.parent_unit
left join known as by_name
    on by_name.folded = fold(child.parent_unit)
    and by_name.namesake_count = 1
union all
select
    unit_id,
    split_part(unit_id, '/', -1) as unit,
    nullif(array_to_string(string_split(unit_id, '/')[:-2], '/'), '') as parent_unit_id,
    null as unit_type,
    null as head_id,
    null as natural_key,
    null as import_id,
    null as sheet,
    null as line
from path_part
where unit_id not in (select unit_id from stg_unit)
