-- One row per thing that waits for somebody who works here still, with the newest note on it.
create or replace macro waiting_item(p_cycle) as table
select
    item.*,
    note.note as item_note,
    note.cause as note_cause,
    note.noted_on,
    note.noted_by
from (
    from waiting_step(p_cycle)
    union all by name
    from waiting_row(p_cycle)
) as item
left join fct_work_note as note on note.item_key = item.item_key and note.is_latest
where not exists (
    select 1
    from dim_employee as person
    cross join dim_setting as setting
    where person.employee_id = item.employee_id and person.is_current and person.left_on <= setting.as_of
)
