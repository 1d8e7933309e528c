-- Whether a text, as smart_object left it, names where or for whom: a numbered place, a name by its last noun, after a preposition, or
-- capitalised inside a sentence.
create or replace macro smart_has_place(p_object) as
    contains(p_object, '#')
    or regexp_matches(p_object, smart_place_words(), 'i')
    or regexp_matches(regexp_replace(p_object, smart_general_words(), ' ¦ ', 'gi'), smart_scope_words() || '|\bof\s+[a-z0-9&''-]*[a-z]{2}', 'i')
    or regexp_matches(regexp_replace(p_object, smart_general_words(), ' ¦ ', 'gi'), '[a-z¦,]\s+[A-Z][a-z]{2,}')
