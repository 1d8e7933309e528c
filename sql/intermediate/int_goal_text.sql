-- One row per text that goals of employees have: how specific it is, whether it says an amount or a time limit. The same texts come by the
-- thousand, so each is read once.
with distinct_text as (
    select title
    from fct_goal
    where owner_kind = 'employee'
        and title is not null
    group by title
),

bare as (
    select
        title,
        smart_plain(title) as plain,
        smart_bare(smart_plain(title)) as bare
    from distinct_text
    where trim(title) != ''
),

named as (
    select *, smart_object(bare) as object
    from bare
)

select
    title,
    smart_specific(smart_has_change(bare, object), smart_has_place(object)) as specific_reason,
    smart_has_amount(bare) as has_amount,
    smart_has_time_limit(plain) as has_time_limit
from named
