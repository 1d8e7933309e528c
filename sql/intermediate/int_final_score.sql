-- One row per active person, cycle with a formula for the final score and variant of it: the terms as they were scored.
with given as (
    select
        cycle_id,
        employee_id,
        list({'part': part, 'score': score, 'sum_score': sum_score, 'value_share': value_share}) as given
    from fct_score_part
    group by cycle_id, employee_id
)

select
    person.cycle_id,
    formula.variant,
    person.employee_id,
    person.unit_id,
    formula.labels,
    scored_terms(formula.parts, coalesce(given.given, [])) as scored
from fct_employee_cycle as person
join int_score_formula as formula
    on formula.cycle_id = person.cycle_id
left join given
    on given.cycle_id = person.cycle_id
    and given.employee_id = person.employee_id
