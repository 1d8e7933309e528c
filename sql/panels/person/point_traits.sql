-- One row per trait on which others rate the person clearly above or below the company's mean on it; one row where nobody rated any trait.
with judged as (
    select
        employee_id,
        item,
        avg(value_share) as value_share
    from fct_appraisal
    where
        cycle_id = $cycle
        and item is not null
        and coalesce(reviewer_role, '') != 'self'
        and value_share is not null
    group by
        employee_id,
        item
),
compared as (
    select
        employee_id,
        item,
        value_share,
        avg(value_share) over everybody as mean_share,
        count(*) over everybody as people_count
    from judged
    window everybody as (partition by item)
),
own as (
    select
        compared.item,
        compared.value_share,
        compared.mean_share,
        compared.people_count,
        compared.value_share - compared.mean_share as difference_points
    from compared
    cross join dim_setting as setting
    where
        compared.employee_id = $employee_id
        and compared.people_count >= setting.minimum_group_count
),
placed as (
    select
        *,
        row_number() over (partition by difference_points > 0 order by abs(difference_points) desc, item) as place
    from own
    where abs(difference_points) >= 0.1
)
select
    case when difference_points > 0 then 'strength' else 'improve' end as section,
    case when difference_points > 0 then 'trait_above' else 'trait_below' end as point_key,
    item,
    value_share,
    mean_share,
    people_count
from placed
where place <= 2
union all
select 'unknown', 'traits_untold', null, null, null, null
where not exists (select 1 from own)
