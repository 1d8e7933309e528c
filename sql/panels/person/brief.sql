-- One row: the person in the cycle, with the figures the feedback talk is about; of who is in no cycle yet, the person alone.
select
    coalesce(figure.employee_name, person.employee_name) as employee_name,
    person.employee_id,
    coalesce(figure.position, person.position) as position,
    coalesce(figure.unit, person.unit) as unit,
    coalesce(figure.manager_name, person.manager_name) as manager_name,
    coalesce(case when $lang = 'zh' then rating.label_zh else rating.label_en end, rating.label) as rating,
    figure.attainment,
    figure.measured_share,
    figure.check_in_count,
    person.is_provisional,
    null::varchar as natural_key
from dim_employee as person
left join fct_employee_cycle as figure on figure.employee_id = person.employee_id and figure.cycle_id = $cycle
left join fct_rating as rating on rating.employee_id = person.employee_id and rating.cycle_id = $cycle
where person.employee_id = $employee_id
order by
    person.is_current desc,
    person.valid_from desc nulls last
limit 1
