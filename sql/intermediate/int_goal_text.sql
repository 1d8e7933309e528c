-- One row per text that goals of employees have: how specific it is, whether it says an amount or a time limit. The same texts come by the
-- thousand and many differ only in a long number, which no pattern tells from another: each is read once.
with text as (
    select
        title,
        regexp_replace(title, '\d{5,}', '99999', 'g') as shape
    from fct_goal
    where owner_kind = 'employee'
        and title is not null
    group by title
),

bare as (
    select
        shape,
        smart_plain(shape) as plain,
        smart_bare(smart_plain(shape)) as bare
    from text
    where trim(shape) != ''
    group by shape
),

named as (
    select *, smart_object(bare) as object
    from bare
),

scored as (
    select
        shape,
        smart_specific(smart_has_change(bare, object), smart_has_place(object)) as specific_code,
        smart_has_amount(bare) as has_amount,
        smart_has_time_limit(plain) as has_time_limit
    from named
)

select
    text.title,
    scored.specific_code,
    scored.has_amount,
    scored.has_time_limit
from text
join scored
    on scored.shape = text.shape
