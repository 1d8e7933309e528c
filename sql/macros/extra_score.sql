-- The points that parts without a weight add and take off.
create or replace macro extra_score(p_scored) as
    coalesce(list_sum(list_transform(p_scored, lambda term: case when term.weight is null then term.score end)), 0)
