-- The terms of a formula with the score each gives a person, null where the part is missing. What is given is a list of part, score, sum_score
-- and value_share.
create or replace macro scored_terms(p_terms, p_given) as
    list_transform(p_terms, lambda term: {
        'part': term.part,
        'weight': term.weight,
        'floor': term.floor,
        'cap': term.cap,
        'score': list_transform(
            list_filter(p_given, lambda given: given.part = term.part),
            lambda given: part_score(term, given.score, given.sum_score, given.value_share)
        )[1]
    })
