-- One row per plan item of somebody with an alarm and day on which it was changed or added. Files say nothing of when a plan was
-- changed, so the days are those on which a later import stated an item otherwise, or stated one that the first import about its goal's plan had not.
with item as (
    select natural_key, employee_id, unit_id, goal_id
    from main.fct_plan_item
    where coalesce(employee_id, 'unit:' || unit_id) in (select owner from int_alarm)
),

version as (
    select
        item.employee_id,
        item.unit_id,
        item.natural_key,
        coalesce(item.goal_id, item.natural_key) as plan,
        import.imported_at::date as stated_on,
        stated.import_id,
        stated.line,
        hash(stated.title, stated.weight, stated.starts_on, stated.due_on) as content
    from raw.plan_item as stated
    join item
        on item.natural_key = stated.natural_key
    join raw.import as import
        on import.import_id = stated.import_id
),

compared as (
    select
        *,
        lag(content) over (partition by natural_key order by import_id, line) as content_before,
        min(import_id) over (partition by plan) as first_import_id
    from version
)

select distinct employee_id, unit_id, natural_key, stated_on as changed_on
from compared
where content != content_before
    or (content_before is null and import_id > first_import_id)
