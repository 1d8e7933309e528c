-- One row per rated employee and cycle whose rating had a consequence: the first since the rating. A rating in the lowest labels needs an
-- improvement plan; any other a plan, a development action, a promotion or an incentive.
with consequence as (
    select employee_id, cycle_id, starts_on as on_date, plan_kind as consequence_kind, natural_key from fct_improvement_plan
    union all
    select employee_id, cycle_id, awarded_on, incentive_kind, natural_key from fct_incentive
)

select
    rating.employee_id,
    rating.cycle_id,
    min(consequence.on_date) as followed_on,
    arg_min(consequence.natural_key, row(consequence.on_date, consequence.natural_key)) as followed_key
from fct_rating as rating
join dim_cycle_setting as own
    on own.cycle_id = rating.cycle_id
join consequence
    on consequence.employee_id = rating.employee_id
    and consequence.cycle_id = rating.cycle_id
where (coalesce(rating.rank > own.low_label_count, true) or consequence.consequence_kind = 'improvement')
    and (consequence.on_date >= rating.rated_on or consequence.on_date is null or rating.rated_on is null)
group by rating.employee_id, rating.cycle_id
