-- One row per active employee and cycle: the least-squares line through their attainment in the last cycles of the kind, this one
-- included. It looks back as many cycles as int_cycle_back says. Cycles without attainment keep their place in time.
-- joins as written
-- scope: cycle_id
with reached as (
    select cycle_id, cycle_id as earlier_cycle_id, 0 as distance
    from dim_cycle
    where is_cycle_in_scope(cycle_id)
    union all
    select back.cycle_id, back.earlier_cycle_id, back.distance
    from int_cycle_back as back
    cross join dim_setting as setting
    where back.distance < setting.trend_cycles
        and is_cycle_in_scope(back.cycle_id)
),

line as (
    select
        person.employee_id,
        reached.cycle_id,
        count(person.attainment) as cycle_count,
        round(regr_slope(person.attainment, -reached.distance), 10) as slope
    from main.fct_employee_cycle as person
    join reached
        on reached.earlier_cycle_id = person.cycle_id
    group by person.employee_id, reached.cycle_id
    having bool_or(reached.distance = 0)
)

select
    line.employee_id,
    line.cycle_id,
    line.cycle_count,
    case when line.cycle_count >= setting.trend_min_cycles then line.slope end as attainment_slope_points,
    case when line.cycle_count < setting.trend_min_cycles then 'no_history' end as attainment_slope_points_reason,
    case
        when line.cycle_count < setting.trend_min_cycles then null
        when line.slope > setting.trend_steady_to_points + 1e-9 then 'improving'
        when line.slope < -setting.trend_steady_to_points - 1e-9 then 'declining'
        else 'steady'
    end as trend
from line
cross join dim_setting as setting
