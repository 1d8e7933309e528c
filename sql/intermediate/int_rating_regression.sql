-- One row per cycle with enough people rated in the cycle before too: how normalised ratings carry over among those who were not on an
-- improvement plan then. rho is the correlation of the two cycles, as for attainment.
select
    pair.cycle_id,
    correlation(pair.rating_share, pair.previous_rating_share) as rho,
    avg(pair.previous_rating_share) as previous_mean,
    avg(pair.rating_share) as mean,
    count(*) as pair_count
from int_employee_pair as pair
join dim_cycle as cycle
    on cycle.cycle_id = pair.cycle_id
cross join dim_setting as setting
left join (
    select distinct employee_id, cycle_id
    from main.fct_improvement_plan
    where plan_kind = 'improvement'
) as plan
    on plan.employee_id = pair.employee_id
    and plan.cycle_id = cycle.previous_cycle_id
where pair.rating_change_points is not null
    and plan.employee_id is null
group by pair.cycle_id
having count(*) >= any_value(setting.minimum_pair_count)
