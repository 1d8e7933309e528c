-- One row per cycle and job family, and per cycle for the company: the mean attainment of its people in the cycle before, once that is closed.
select
    next.cycle_id,
    person.job_family,
    grouping(person.job_family) = 1 as is_company,
    count(*) as peer_count,
    avg(person.attainment) as peer_attainment
from main.fct_employee_cycle as person
join dim_cycle as closed
    on closed.cycle_id = person.cycle_id
    and closed.is_closed
join dim_cycle as next
    on next.previous_cycle_id = closed.cycle_id
    and (is_cycle_in_scope(next.cycle_id) or not next.is_closed)
cross join dim_setting as setting
where person.attainment is not null
group by grouping sets ((next.cycle_id, person.job_family), (next.cycle_id))
having count(*) >= any_value(setting.peer_min_count)
