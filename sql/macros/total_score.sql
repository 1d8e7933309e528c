-- The final score: the weighted parts and the points, within the bounds of the part named total, from 0 up where it has none.
create or replace macro total_score(p_scored) as
    round(bounded(
        weighted_score(p_scored) + extra_score(p_scored),
        greatest(0, list_filter(p_scored, lambda term: term.part = 'total')[1].floor),
        coalesce(list_filter(p_scored, lambda term: term.part = 'total')[1].cap, 'infinity'::double)
    ), 9)
