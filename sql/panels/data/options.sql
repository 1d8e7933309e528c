-- One row per value that people of the cycle can be filtered by, the filters in the order of their menus.
with person as (
    select *
    from fct_employee_cycle
    where cycle_id = $cycle
),
attribute as (
    select
        unnest(json_keys(attributes)) as name,
        attributes
    from person
    where attributes is not null
),
attribute_value as (
    select
        name,
        json_extract_string(attributes, '$."' || replace(name, '"', '\"') || '"') as value
    from attribute
),
choice as (
    select 1 as menu, 'unit' as field, unit_id as value, unit_path as option
    from dim_unit
    union all
    select 2, 'job_family', job_family, job_family
    from person
    union all
    select 3, 'location', location, location
    from person
    union all
    select 4, 'grade', grade, grade
    from person
    union all
    select 5, 'manager', manager_id, coalesce(manager_name, manager_id)
    from person
    union all
    select 6, 'attr.' || name, value, value
    from attribute_value
    where name in (select name from attribute_value group by name having count(distinct value) <= 30)
)
select
    field,
    value,
    max(option) as option,
    count(*) as people_count
from choice
where value is not null
group by
    menu,
    field,
    value
order by
    menu,
    field,
    max(option)
