-- One row per person of a cycle who would get another final score: by terms and labels tried out, beside those in force. Terms are a list of
-- {part, weight, full_score, cap, floor}, null where there is nothing to say; labels a list of {label, from_score}, lowest first.
create or replace macro replay_final_score(p_cycle, p_terms, p_labels) as table
with given as (
    select
        employee_id,
        list({'part': part, 'score': score, 'sum_score': sum_score, 'value_share': value_share}) as given
    from main.fct_score_part
    where cycle_id = p_cycle
    group by employee_id
),

term as (
    select list_transform(p_terms, lambda term: {
        'part': term.part,
        'weight': term.weight::double,
        'full_score': term.full_score::double,
        'cap': coalesce(term.cap::double, 'infinity'::double),
        'floor': coalesce(term.floor::double, '-infinity'::double)
    }) as terms
),

replayed as (
    select
        final.*,
        total_score(scored_terms(term.terms, coalesce(given.given, []))) as replayed_score
    from main.fct_final_score as final
    cross join term
    left join given
        on given.employee_id = final.employee_id
    where final.cycle_id = p_cycle
)

select
    employee_id,
    cycle_id,
    unit_id,
    replayed_score as score,
    label_of_score(p_labels, replayed_score) as label,
    score as formula_score,
    label as formula_label,
    stored_label,
    label_of_score(p_labels, replayed_score) is distinct from label as is_other_than_formula,
    label_of_score(p_labels, replayed_score) is distinct from stored_label as is_other_than_stored
from replayed
where replayed_score is distinct from score
    or label_of_score(p_labels, replayed_score) is distinct from label
