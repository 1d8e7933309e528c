-- The mean by weight of the parts that are there: a missing part is left out and never counts as 0.
create or replace macro weighted_score(p_scored) as
    list_sum(list_transform(p_scored, lambda term: term.weight * term.score))
    / nullif(list_sum(list_transform(p_scored, lambda term: case when term.score is not null then term.weight end)), 0)
