-- The weighted parts that a person has nothing of, as a text; null where there is none.
create or replace macro missing_parts(p_scored) as
    nullif(array_to_string(list_transform(list_filter(p_scored, lambda term: term.weight > 0 and term.score is null), lambda term: term.part), ', '), '')
