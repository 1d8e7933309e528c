-- One row per rater and cycle with people judged on two items or more: the mean variance of a person's items. Potential is no competency.
with person as (
    select
        appraisal.cycle_id,
        coalesce(appraisal.reviewer_id, employee.manager_id) as reviewer_id,
        appraisal.employee_id,
        var_samp(appraisal.value_share) as item_variance
    from fct_appraisal as appraisal
    left join int_employee_cycle as employee
        on employee.employee_id = appraisal.employee_id
        and employee.cycle_id = appraisal.cycle_id
    where appraisal.reviewer_role = 'manager'
        and appraisal.item is not null
        and appraisal.value_share is not null
        and appraisal.cycle_id is not null
        and not is_potential(appraisal.item)
        and not coalesce(is_potential(appraisal.part), false)
    group by appraisal.cycle_id, coalesce(appraisal.reviewer_id, employee.manager_id), appraisal.employee_id
    having count(*) >= 2
),

company as (
    select cycle_id, avg(item_variance) as item_variance
    from person
    group by cycle_id
)

select
    person.cycle_id,
    person.reviewer_id,
    count(*) as item_person_count,
    sqrt(avg(person.item_variance)) as item_spread,
    sqrt(any_value(company.item_variance)) as company_item_spread
from person
join company
    using (cycle_id)
where person.reviewer_id is not null
group by person.cycle_id, person.reviewer_id
