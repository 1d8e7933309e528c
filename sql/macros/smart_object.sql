-- A bare text without amounts, vague verbs and filler: what is named in it is left.
create or replace macro smart_object(p_bare) as
    regexp_replace(
        regexp_replace(
            regexp_replace(p_bare, smart_amount_words(), ' ¦ ', 'gi'),
            smart_vague_words(), ' ¦ ', 'gi'
        ),
        smart_filler_words(), ' ', 'gi'
    )
