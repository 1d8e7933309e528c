-- Whether a bare text says how much.
create or replace macro smart_has_amount(p_bare) as
    regexp_matches(p_bare, smart_amount_words(), 'i')
