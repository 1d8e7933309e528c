-- Whether a plain text says by when.
create or replace macro smart_has_time_limit(p_plain) as
    regexp_matches(p_plain, smart_time_words(), 'i')
