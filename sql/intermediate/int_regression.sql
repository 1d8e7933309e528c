-- One row per cycle with enough people seen in the cycle before too: how attainment carries over among those who were not on an
-- improvement plan. rho is the correlation of the two cycles.
select
    now.cycle_id,
    correlation(now.attainment, before.attainment) as rho,
    avg(before.attainment) as previous_mean,
    avg(now.attainment) as mean,
    count(*) as pair_count
from int_employee_goal as now
join dim_cycle as cycle
    on cycle.cycle_id = now.cycle_id
join int_employee_goal as before
    on before.employee_id = now.employee_id
    and before.cycle_id = cycle.previous_cycle_id
cross join dim_setting as setting
where is_cycle_in_scope(now.cycle_id)
    and now.attainment is not null
    and before.attainment is not null
    and not exists (
        select 1
        from main.fct_improvement_plan as plan
        where plan.employee_id = now.employee_id
            and plan.cycle_id = cycle.previous_cycle_id
            and plan.plan_kind = 'improvement'
    )
group by now.cycle_id
having count(*) >= any_value(setting.minimum_pair_count)
