-- Whether a text names what is to change: an amount, or a word that is neither vague nor general nor the place.
create or replace macro smart_has_change(p_bare, p_object) as
    smart_has_amount(p_bare)
    or regexp_matches(
        regexp_replace(
            regexp_replace(p_object, smart_general_words(), ' ¦ ', 'gi'),
            smart_scope_words(), ' ¦ ', 'gi'
        ),
        '[a-z]{3,}|\p{Han}{2,}|\p{Han}[a-z]|[a-z]\p{Han}', 'i'
    )
