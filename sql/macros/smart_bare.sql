-- A plain text without its time limits (¦) and the numbers that are names (¦; # for a numbered place): every number left is an amount.
create or replace macro smart_bare(p_plain) as
    regexp_replace(
        regexp_replace(
            regexp_replace(p_plain, smart_time_words(), ' ¦ ', 'gi'),
            smart_name_words(), ' ¦ ', 'gi'
        ),
        smart_site_words(), ' # ', 'gi'
    )
